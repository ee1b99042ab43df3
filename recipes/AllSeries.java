import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.paging.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes all series of the data to a CSV file. The file appears only when it is complete. Only two
 * pages are in memory at a time: one is written while the next one is fetched.
 */
class AllSeries {
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[1]).toAbsolutePath();
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try (IdcClient client = IdcClient.builder().baseUrl(args[0]).pageSize(5000).build()) {
      write(client, unfinished);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void write(IdcClient client, Path file) throws IOException {
    var rows =
        client
            .previewManifest(
                CohortDefinition.of(),
                ManifestColumn.COLLECTION_ID,
                ManifestColumn.PATIENT_ID,
                ManifestColumn.STUDY_INSTANCE_UID,
                ManifestColumn.SERIES_INSTANCE_UID,
                ManifestColumn.SOURCE_DOI,
                ManifestColumn.CRDC_SERIES_GUID)
            .prefetch(1)
            .onProgress(AllSeries::show);
    try (var csv = new PrintWriter(Files.newBufferedWriter(file));
        var walk = rows.iterator()) {
      csv.println(
          "collection_id,patient_id,study_instance_uid,series_instance_uid,source_doi,crdc_series_guid");
      while (walk.hasNext()) {
        var row = walk.next();
        csv.println(
            line(
                row.collectionId(),
                row.patientId(),
                row.studyInstanceUid(),
                row.seriesInstanceUid(),
                row.sourceDoi(),
                row.crdcSeriesGuid()));
      }
      if (csv.checkError()) {
        throw new IOException("Cannot write " + file + ". Free disk space.");
      }
    }
  }

  private static String line(String... values) {
    return Stream.of(values).map(AllSeries::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String value) {
    if (value == null) {
      return "";
    }
    return value.matches("[^\",\r\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  private static void show(Progress progress) {
    System.err.printf("\r%,d of %,d series", progress.rows(), progress.totalFound().orElse(0));
  }
}
