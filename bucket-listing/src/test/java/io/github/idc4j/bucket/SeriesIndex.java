package io.github.idc4j.bucket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Synthetic series with instances, and the tables of an index of them. */
final class SeriesIndex {

  /** More instances than a response of the S3 server can have. */
  static final int LARGE = 1003;

  private final Map<String, String> buckets;
  private final List<Entry> entries;

  /** A series. */
  record Entry(String bucket, String collection, UUID uuid, List<UUID> instances) {

    Stream<String> keys() {
      return instances.stream().map(instance -> uuid + "/" + instance + ".dcm");
    }

    private Stream<Row> rows(String gcsBucket) {
      return instances.stream()
          .map(
              instance ->
                  new Row(
                      "gs://%s/%s/%s.dcm".formatted(gcsBucket, uuid, instance), instance, this));
    }
  }

  /** A row of a manifest. */
  record Row(String url, UUID instance, Entry series) {}

  /**
   * Creates an index.
   *
   * @param buckets the bucket of Google Cloud Storage for each bucket of AWS
   */
  SeriesIndex(long seed, Map<String, String> buckets) {
    Random random = new Random(seed);
    this.buckets = new TreeMap<>(buckets);
    List<String> names = List.copyOf(this.buckets.keySet());
    entries =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    new Entry(
                        names.get(i % names.size()),
                        i % 4 == 0 ? "nlst" : "tcga_luad",
                        uuid(random),
                        Stream.generate(() -> uuid(random))
                            .limit(i == 0 ? LARGE : 1 + random.nextInt(5))
                            .toList()))
            .toList();
  }

  private static UUID uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong());
  }

  List<Entry> entries() {
    return entries;
  }

  /** Returns all rows, sorted by URL. */
  List<Row> rows() {
    return entries.stream()
        .flatMap(entry -> entry.rows(buckets.get(entry.bucket())))
        .sorted(Comparator.comparing(Row::url))
        .toList();
  }

  /** Returns the large series. */
  Entry large() {
    return entries.get(0);
  }

  /** Writes the tables of the index into a new folder. */
  Path write(Path folder) throws IOException, SQLException {
    Files.createDirectory(folder);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      List<String> series = new ArrayList<>();
      for (Entry entry : entries) {
        series.add(
            "('%s', '%s', '%s', %d::BIGINT)"
                .formatted(
                    entry.collection(), entry.bucket(), entry.uuid(), entry.instances().size()));
      }
      copy(
          statement,
          """
          SELECT collection_id, 'P' || crdc_series_uuid[1:1] AS "PatientID",
            '1.' || "instanceCount" AS "StudyInstanceUID",
            '1.2.' || hash(crdc_series_uuid) AS "SeriesInstanceUID", 'CT' AS "Modality",
            '10.1/"quoted"' AS "source_DOI", crdc_series_uuid, "instanceCount", aws_bucket,
            3::BIGINT AS series_revised_idc_version
          FROM (VALUES %s) AS v(collection_id, aws_bucket, crdc_series_uuid, "instanceCount")
          """
              .formatted(String.join(", ", series)),
          folder.resolve("idc_index.parquet"));
      copy(
          statement,
          "SELECT 3::BIGINT AS idc_version, '2021-07-13' AS version_timestamp",
          folder.resolve("version_metadata_index.parquet"));
      copy(
          statement,
          buckets.entrySet().stream()
              .map(pair -> "('1', '%s', '%s', 2)".formatted(pair.getKey(), pair.getValue()))
              .collect(
                  Collectors.joining(
                      ", ",
                      "SELECT * FROM (VALUES ",
                      ") AS v(\"SeriesInstanceUID\", aws_bucket, gcs_bucket, max_idc_version)")),
          folder.resolve("prior_versions_index.parquet"));
    }
    return folder;
  }

  private static void copy(Statement statement, String query, Path file) throws SQLException {
    statement.execute("COPY (%s) TO '%s' (FORMAT parquet)".formatted(query, file));
  }
}
