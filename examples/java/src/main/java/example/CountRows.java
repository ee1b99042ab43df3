package example;

import static io.github.idc4j.client.filter.Attributes.COLLECTION_ID;

import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;

/**
 * Counts the series of a collection. Example: {@code CountRows http://127.0.0.1:8080/v1 tcga_read}.
 */
public final class CountRows {

  private CountRows() {}

  /**
   * Runs the program.
   *
   * @param args two values: the base URL of the service and the ID of the collection
   */
  public static void main(String[] args) {
    CohortDefinition cohort = CohortDefinition.of(COLLECTION_ID.anyOf(args[1]));
    try (IdcClient client = IdcClient.builder().baseUrl(args[0]).pageSize(7).build()) {
      long series =
          client.previewManifest(cohort, ManifestColumn.SERIES_INSTANCE_UID).stream()
              .map(row -> row.seriesInstanceUid())
              .distinct()
              .count();
      String path = CountRows.class.getModule().isNamed() ? "module path" : "class path";
      System.out.println(args[1] + ": " + series + " series, counted on the " + path);
    }
  }
}
