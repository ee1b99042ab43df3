import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;

/** Prints the progress of a walk, including polls of a pending query. */
class ShowProgress {
  public static void main(String[] args) {
    try (IdcClient client = IdcClient.builder().baseUrl(args[0]).build()) {
      var cohort = CohortDefinition.of(Attributes.MODALITY.anyOf("CT", "MR"));
      long rows =
          client
              .previewManifest(cohort, ManifestColumn.SERIES_INSTANCE_UID)
              .limit(2500)
              .onProgress(
                  progress ->
                      System.out.printf(
                          "page %d: %d of %d rows, %d polls%n",
                          progress.pages(),
                          progress.rows(),
                          progress.totalFound().orElse(0),
                          progress.polls()))
              .stream()
              .count();
      System.out.println(rows);
    }
  }
}
