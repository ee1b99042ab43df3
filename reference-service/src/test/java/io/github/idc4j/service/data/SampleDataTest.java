package io.github.idc4j.service.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleDataTest {

  private static final List<String> FILES =
      List.of(
          "dicom_pivot.parquet",
          "tcga_clinical_rel9.parquet",
          "tcga_biospecimen_rel9.parquet",
          "collections_index.parquet");
  private static final SampleSize SMALL =
      new SampleSize(Map.of("tcga_luad", 20, "lidc_idri", 20), 3000);

  @TempDir Path home;

  private Path sample(String folder, long seed, SampleSize size) throws Exception {
    return new SampleData(new Catalogue(), seed, size).in(home.resolve(folder));
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws Exception {
    Path first = sample("a", 42, SMALL);
    Path second = sample("b", 42, SMALL);
    Path other = sample("c", 43, SMALL);

    for (String file : FILES) {
      assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
    }
    assertThat(Files.mismatch(first.resolve(FILES.get(0)), other.resolve(FILES.get(0))))
        .isNotNegative();
  }

  @Test
  void theLanguageOfTheUserChangesNothing() throws Exception {
    Path english = sample("a", 42, SMALL);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      assertThat(sample("b", 42, SMALL).resolve(FILES.get(0)))
          .hasSameBinaryContentAs(english.resolve(FILES.get(0)));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void isMadeOnceAndLeavesNothingElseBehind() throws Exception {
    Path first = sample("a", 1, SMALL);
    var written = Files.getLastModifiedTime(first.resolve(FILES.get(0)));

    assertThat(sample("a", 1, SMALL)).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(first.resolve(FILES.get(0)))).isEqualTo(written);
    try (var folders = Files.list(home.resolve("a"))) {
      assertThat(folders.filter(Files::isDirectory)).containsExactly(first);
    }
  }

  @Test
  void severalMayMakeItAtOnce() throws IOException, InterruptedException, ExecutionException {
    int makers = 4;
    ExecutorService threads = Executors.newFixedThreadPool(makers);
    try {
      CyclicBarrier together = new CyclicBarrier(makers);
      Callable<Path> maker =
          () -> {
            together.await();
            return sample("a", 1, SMALL);
          };
      List<Path> folders = new ArrayList<>();
      for (Future<Path> made : threads.invokeAll(Collections.nCopies(makers, maker))) {
        folders.add(made.get());
      }

      assertThat(folders).containsOnly(folders.get(0));
      try (var left = Files.list(home.resolve("a"))) {
        assertThat(left.filter(Files::isDirectory)).containsExactly(folders.get(0));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theStandardSampleHasTheStatedSizeAndValuesThatLookLikeIdcs() throws Exception {
    Path folder = sample("standard", 1, SampleSize.standard());

    assertThat(SampleSize.standard().patients()).hasSize(20);
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE VIEW p AS SELECT * FROM read_parquet('" + folder.resolve(FILES.get(0)) + "')");
      assertThat(number(statement, "SELECT count(*) FROM p")).isEqualTo(100_000);
      assertThat(number(statement, "SELECT count(DISTINCT \"PatientID\") FROM p")).isEqualTo(2000);
      assertThat(number(statement, "SELECT count(DISTINCT collection_id) FROM p")).isEqualTo(20);
      assertThat(number(statement, "SELECT count(DISTINCT \"SOPInstanceUID\") FROM p"))
          .isEqualTo(100_000);
      assertThat(
              number(
                  statement,
                  "SELECT count(*) FROM p WHERE gcs_url = 'gs://public-datasets-idc/' ||"
                      + " crdc_series_uuid || '/' || crdc_instance_uuid || '.dcm' AND"
                      + " regexp_full_match(crdc_series_uuid, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')"
                      + " AND regexp_full_match(\"SOPInstanceUID\", '[0-9.]{20,64}')"))
          .isEqualTo(100_000);
    }
  }

  private static long number(Statement statement, String sql) throws Exception {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
