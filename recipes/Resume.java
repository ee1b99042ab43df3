import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.client.paging.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Handles 100 rows a run and goes on in the next run; the file keeps the place. */
class Resume {
  public static void main(String[] args) throws IOException {
    Path place = Path.of(args[1]);
    try (IdcClient client = IdcClient.builder().baseUrl(args[0]).pageSize(30).build()) {
      var cohort = CohortDefinition.of("rectum", Attributes.COLLECTION_ID.in("tcga_read"));
      var rows = client.previewManifest(cohort, ManifestColumn.SOP_INSTANCE_UID);
      if (Files.exists(place)) {
        rows = rows.from(Checkpoint.parse(Files.readString(place)));
      }
      var walk = rows.iterator();
      for (int i = 0; i < 100 && walk.hasNext(); i++) {
        System.out.println(walk.next().sopInstanceUid());
        Files.writeString(place, walk.checkpoint().toString());
      }
    }
  }
}
