import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a manifest to a file as tab-separated values. Only one page is in memory at a time. */
class Export {
  public static void main(String[] args) throws IOException {
    try (IdcClient client = IdcClient.builder().baseUrl(args[0]).pageSize(5000).build();
        PrintWriter file = new PrintWriter(Files.newBufferedWriter(Path.of(args[1])))) {
      var cohort = CohortDefinition.of(Attributes.COLLECTION_ID.anyOf("tcga_luad"));
      var rows =
          client.previewManifest(
              cohort, ManifestColumn.PATIENT_ID, ManifestColumn.SERIES_INSTANCE_UID);
      for (var row : rows) {
        file.printf("%s\t%s%n", row.patientId(), row.seriesInstanceUid());
      }
    }
  }
}
