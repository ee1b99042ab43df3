package io.github.idc4j.benchmarks;

import com.squareup.moshi.Moshi;
import io.github.idc4j.model.Manifest;
import io.github.idc4j.model.ManifestPage;
import io.github.idc4j.model.ManifestRow;
import io.github.idc4j.model.ModelAdapters;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the pages that the benchmarks decode into files in a folder, and reads them back. */
final class Pages {

  private static final int ROWS = 5000;

  /** Smaller than {@link #ROWS}, because each metadata row has 70 columns. */
  private static final int METADATA_ROWS = 1000;

  private static final String QUERY =
      """
      {"cohort_def":{"name":"all","description":"","filters":{}},"queryFields":{"fields":[\
      "PatientID","BodyPartExamined","Modality","StudyDescription","SeriesDescription",\
      "SeriesInstanceUID","SOPInstanceUID","SliceThickness","SeriesNumber","SOPClassUID"]}}""";

  private Pages() {}

  /**
   * Writes the pages to files.
   *
   * @param wheel path of the idc-index-data wheel; null to omit the page of real data
   * @return the kinds of the pages that were written
   */
  static List<PageKind> write(Path folder, @Nullable Path wheel) throws Exception {
    List<PageKind> kinds = new ArrayList<>();
    try (ReferenceService service = ReferenceService.builder().port(0).start();
        RawPages client = new RawPages(service.baseUrl().toString(), ROWS)) {
      byte[] first = client.page(client.begin());
      byte[] sample = client.page(client.next(first).orElseThrow());
      kinds.add(write(folder, PageKind.SAMPLE, sample));
      if (wheel != null) {
        kinds.add(write(folder, PageKind.INDEX, json(RealIndex.rows(wheel, ROWS))));
      }
      kinds.add(write(folder, PageKind.UNIQUE, json(unique(rows(sample)))));
      kinds.add(write(folder, PageKind.METADATA, client.page(client.dicomMetadata(METADATA_ROWS))));
      kinds.add(write(folder, PageKind.QUERY, client.page(client.query(QUERY))));
    }
    return kinds;
  }

  private static PageKind write(Path folder, PageKind kind, byte[] page) throws IOException {
    Files.write(file(folder, kind), page);
    return kind;
  }

  static byte[] read(Path folder, PageKind kind) throws IOException {
    return Files.readAllBytes(file(folder, kind));
  }

  private static Path file(Path folder, PageKind kind) {
    return folder.resolve(kind.label() + ".json");
  }

  private static List<ManifestRow> rows(byte[] page) throws IOException {
    return ((ManifestPage) PageKind.SAMPLE.moshi(page)).manifest().jsonManifest();
  }

  private static byte[] json(List<ManifestRow> rows) {
    Manifest manifest = new Manifest(rows, (long) rows.size(), 100L * rows.size());
    return new Moshi.Builder()
        .add(new ModelAdapters())
        .build()
        .adapter(ManifestPage.class)
        .toJson(new ManifestPage(200, manifest, "token"))
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns rows with random values, so that consecutive rows have no values in common. Each value
   * is as long as the original value.
   */
  private static List<ManifestRow> unique(List<ManifestRow> rows) {
    Random random = new Random(1);
    return rows.stream()
        .map(
            row ->
                new ManifestRow(
                    random(random, row.collectionId()),
                    random(random, row.patientId()),
                    random(random, row.studyInstanceUid()),
                    random(random, row.seriesInstanceUid()),
                    random(random, row.sopInstanceUid()),
                    random(random, row.sourceDoi()),
                    random(random, row.crdcStudyGuid()),
                    random(random, row.crdcSeriesGuid()),
                    random(random, row.crdcInstanceGuid()),
                    random(random, row.gcsUrl()),
                    Map.of()))
        .toList();
  }

  private static String random(Random random, String text) {
    return random
        .ints(text.length(), 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Deletes a folder and its files. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
