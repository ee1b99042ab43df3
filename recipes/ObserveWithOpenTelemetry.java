import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.client.http.AttemptEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;

/** Exports an OpenTelemetry span for each HTTP request. */
class ObserveWithOpenTelemetry {
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");

  public static void main(String[] args) {
    // In production, use the tracer from the SDK that your application configures.
    var exporter = InMemorySpanExporter.create();
    var processor = SimpleSpanProcessor.create(exporter);
    try (var provider = SdkTracerProvider.builder().addSpanProcessor(processor).build()) {
      Tracer tracer = provider.get("idc4j-client");
      try (IdcClient client =
          IdcClient.builder()
              .baseUrl(args[0])
              .onAttempt(attempt -> export(tracer, attempt))
              .build()) {
        var cohort = CohortDefinition.of(Attributes.COLLECTION_ID.anyOf("tcga_luad"));
        var rows = client.previewManifest(cohort, ManifestColumn.SERIES_INSTANCE_UID);
        System.out.println(rows.stream().count() + " rows");
      }
      for (var span : exporter.getFinishedSpanItems()) {
        System.out.println(span.getName() + " " + span.getAttributes().get(STATUS));
      }
    }
  }

  private static void export(Tracer tracer, AttemptEvent attempt) {
    Instant end = Instant.now();
    var span =
        tracer
            .spanBuilder(attempt.operation())
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(end.minus(attempt.duration()))
            .setAttribute(URL, attempt.url())
            .setAttribute(STATUS, (long) attempt.status())
            .startSpan();
    attempt.failure().ifPresent(failure -> span.setStatus(StatusCode.ERROR, failure));
    span.end(end);
  }
}
