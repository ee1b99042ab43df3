import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.client.http.AttemptEvent;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Records each HTTP request in a Micrometer timer. */
class ObserveWithMicrometer {
  private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

  public static void main(String[] args) {
    try (IdcClient client =
        IdcClient.builder().baseUrl(args[0]).onAttempt(ObserveWithMicrometer::record).build()) {
      var cohort = CohortDefinition.of(Attributes.COLLECTION_ID.anyOf("tcga_luad"));
      var rows = client.previewManifest(cohort, ManifestColumn.SERIES_INSTANCE_UID);
      System.out.println(rows.stream().count() + " rows");
    }
    for (Timer timer : METERS.get("idc.client.attempts").timers()) {
      System.out.println(timer.getId().getTag("status") + ": " + timer.count() + " requests");
    }
  }

  private static void record(AttemptEvent attempt) {
    Timer.builder("idc.client.attempts")
        .tag("operation", attempt.operation())
        .tag("status", Integer.toString(attempt.status()))
        .register(METERS)
        .record(attempt.duration());
  }
}
