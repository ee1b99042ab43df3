import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;

/** Tells how far a walk has come, waits for 202 included. */
class ShowProgress {
  public static void main(String[] args) {
    try (IdcClient client = IdcClient.builder().baseUrl(args[0]).build()) {
      var cohort = CohortDefinition.of("lung", Attributes.COLLECTION_ID.in("tcga_luad"));
      long rows =
          client
              .previewManifest(cohort, ManifestColumn.SOP_INSTANCE_UID)
              .limit(2500)
              .onProgress(
                  progress ->
                      System.out.printf(
                          "page %d: %d of %d rows, waited %d times%n",
                          progress.pages(),
                          progress.rows(),
                          progress.total().orElse(0),
                          progress.waits()))
              .stream()
              .count();
      System.out.println(rows);
    }
  }
}
