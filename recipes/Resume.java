import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.client.paging.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processes at most 100 rows per run. The next run resumes from the checkpoint in the file. */
class Resume {
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[1]);
    try (IdcClient client = IdcClient.builder().baseUrl(args[0]).pageSize(30).build()) {
      var cohort = CohortDefinition.of(Attributes.COLLECTION_ID.anyOf("tcga_coad"));
      var rows = client.previewManifest(cohort, ManifestColumn.SERIES_INSTANCE_UID).limit(100);
      if (Files.exists(file)) {
        rows = rows.resumeFrom(Checkpoint.parse(Files.readString(file)));
      }
      try (var walk = rows.iterator()) {
        while (walk.hasNext()) {
          System.out.println(walk.next().seriesInstanceUid());
          Files.writeString(file, walk.checkpoint().text());
        }
      }
    }
  }
}
