package io.github.idc4j.cli.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.paging.Progress;
import io.github.idc4j.model.DicomMetadataRow;
import io.github.idc4j.model.ManifestRow;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Tests that a file appears only when it is complete, and that an interrupted export resumes. */
class FileExportTest {

  private static final Selection ALL = new Selection(OptionalLong.empty(), List.of());
  private static final int PAGE = 1000;

  private static ReferenceService service;
  private static IdcClient client;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    service = ReferenceService.builder().sampleSize(SampleSize.small()).start();
    client = IdcClient.builder().baseUrl(service.baseUrl().toString()).pageSize(PAGE).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    service.close();
  }

  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static Result<ManifestRow> rows() {
    return Result.manifest(client, ALL, List.of("SOPInstanceUID"));
  }

  /** Returns the same rows, of which the one with this number cannot be written. */
  private static Result<ManifestRow> crashing(long number) {
    AtomicLong row = new AtomicLong();
    Part<ManifestRow> rows = rows().parts().get(0);
    return Result.of(
        rows.rows(),
        rows().columns(),
        values -> {
          if (row.getAndIncrement() == number) {
            throw new Crash();
          }
          return rows.values().apply(values);
        });
  }

  private FileExport<ManifestRow> export(
      Result<ManifestRow> rows, Format format, String name, boolean tokensLast) {
    return new FileExport<>(
        new Export<>(rows, format, 7500), folder.resolve(name), "test", tokensLast);
  }

  /** Writes the file, and resumes if that is possible. */
  private static long write(FileExport<?> export) throws IOException {
    return export.write(true, new ArrayList<Long>()::add);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The test of s5cmd manifests has the same for the format S5CMD. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"S5CMD", "TABLE"})
  void resumedFileIsIdentical(Format format) throws IOException {
    long total = write(export(rows(), format, "whole", true));
    for (boolean tokensLast : List.of(true, false)) {
      assertThatThrownBy(() -> write(export(crashing(3 * PAGE + 7), format, "file", tokensLast)))
          .isInstanceOf(Crash.class);
      assertThat(files()).containsExactly("file.checkpoint", "file.part", "whole");
      assertThatThrownBy(() -> write(export(crashing(2 * PAGE + 1), format, "file", tokensLast)))
          .isInstanceOf(Crash.class);
      List<Progress> pages = new ArrayList<>();
      FileExport<ManifestRow> resumed =
          export(rows().onProgress(pages::add), format, "file", tokensLast);
      List<Long> resumedAt = new ArrayList<>();

      assertThat(resumed.write(true, resumedAt::add)).isEqualTo(total).isEqualTo(7500);

      assertThat(resumedAt).containsExactly(5L * PAGE);
      assertThat(pages).hasSize(tokensLast ? 3 : 8);
      assertThat(files()).containsExactly("file", "whole");
      assertThat(folder.resolve("file")).hasSameBinaryContentAs(folder.resolve("whole"));
      Files.delete(folder.resolve("file"));
    }
  }

  /** The page token in the checkpoint is of a service that uses other keys. */
  @Test
  void refusedPageTokenFetchesTheRowsAgain() throws IOException {
    write(export(rows(), Format.CSV, "whole", true));
    assertThatThrownBy(() -> write(export(crashing(3 * PAGE), Format.CSV, "file", true)))
        .isInstanceOf(Crash.class);
    SavedPosition saved = SavedPosition.read(folder.resolve("file.checkpoint")).orElseThrow();
    new SavedPosition(
            saved.export(), saved.bytes(), saved.rows(), saved.part(), foreign(saved.checkpoint()))
        .write(folder.resolve("file.checkpoint"));

    write(export(rows(), Format.CSV, "file", true));

    assertThat(folder.resolve("file")).hasSameBinaryContentAs(folder.resolve("whole"));
  }

  /** Returns the checkpoint with a damaged page token, which is its last part. */
  private static String foreign(String checkpoint) {
    int start = checkpoint.lastIndexOf('.') + 1;
    String decoded = new String(Base64.getUrlDecoder().decode(checkpoint.substring(start)), UTF_8);
    return checkpoint.substring(0, start)
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString((decoded.substring(0, decoded.length() - 4) + "AAAA").getBytes(UTF_8));
  }

  @Test
  void exportThatFailsAfterItsLastRowFetchesNoRowAgain() throws IOException {
    Path obstacle = Files.createDirectories(folder.resolve("file.part.parquet/folder"));
    FileExport<ManifestRow> export = export(rows(), Format.PARQUET, "file", true);
    assertThatThrownBy(() -> write(export)).isInstanceOf(IOException.class);
    Files.delete(obstacle);
    Files.delete(obstacle.getParent());
    List<Progress> pages = new ArrayList<>();

    assertThat(write(export(rows().onProgress(pages::add), Format.PARQUET, "file", true)))
        .isEqualTo(7500);

    assertThat(pages).isEmpty();
    assertThat(files()).containsExactly("file");
  }

  @Test
  void nextPageIsFetchedWhileAPageIsWritten() throws IOException {
    CountDownLatch twoPages = new CountDownLatch(2);
    Part<ManifestRow> rows = rows().onProgress(page -> twoPages.countDown()).parts().get(0);
    Result<ManifestRow> waiting =
        Result.of(
            rows.rows(),
            rows().columns(),
            row -> {
              await(twoPages);
              return rows.values().apply(row);
            });

    assertThat(write(export(waiting, Format.CSV, "file", true))).isEqualTo(7500);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void existingFileStaysUntilTheNewOneIsComplete() throws IOException {
    Files.writeString(folder.resolve("file"), "old");
    assertThatThrownBy(() -> write(export(crashing(PAGE), Format.CSV, "file", true)))
        .isInstanceOf(Crash.class);
    assertThat(folder.resolve("file")).hasContent("old");

    write(export(rows(), Format.CSV, "file", true));

    assertThat(Files.readString(folder.resolve("file"))).startsWith("SOPInstanceUID\r\n");
  }

  @Test
  void exportThatFailsOnItsFirstPageLeavesNothing() throws IOException {
    Result<ManifestRow> refused = Result.manifest(client, cohort(), List.of("SOPInstanceUID"));

    assertThatThrownBy(() -> write(export(refused, Format.CSV, "file", true))).isNotNull();

    assertThat(files()).isEmpty();
  }

  private static Selection cohort() {
    return new Selection(OptionalLong.of(1), List.of());
  }

  @Test
  void exportResumesOnlyOnRequest() throws IOException {
    assertThatThrownBy(() -> write(export(crashing(PAGE), Format.CSV, "file", true)))
        .isInstanceOf(Crash.class);
    FileExport<ManifestRow> export = export(rows(), Format.CSV, "file", true);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> export.write(false, new ArrayList<Long>()::add))
        .withMessageContaining("has 1,000 rows. Add --resume to continue it, or delete ");
    assertThat(files()).containsExactly("file.checkpoint", "file.part");
  }

  @Test
  void lockOfAProcessThatWasKilledIsReplaced() throws IOException {
    Files.writeString(folder.resolve("file.lock"), "x");

    write(export(rows(), Format.CSV, "file", true));

    assertThat(files()).containsExactly("file");
  }

  /** A lock file can be deleted between opening and locking it. */
  @Test
  void onlyOneThreadHasTheLock() throws ExecutionException, InterruptedException {
    AtomicInteger owners = new AtomicInteger();
    AtomicInteger acquired = new AtomicInteger();
    Callable<Void> contender =
        () -> {
          while (acquired.get() < 500) {
            try (OutputLock lock = OutputLock.acquire(folder.resolve("file"))) {
              assertThat(lock).isNotNull();
              assertThat(owners.incrementAndGet()).isEqualTo(1);
              // Gives the other threads time to break the lock.
              Thread.sleep(1);
              assertThat(owners.get()).isEqualTo(1);
              acquired.incrementAndGet();
              owners.decrementAndGet();
            } catch (IllegalArgumentException locked) {
              assertThat(locked).hasMessageContaining("Another command is writing to");
            }
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Void> result : threads.invokeAll(Collections.nCopies(8, contender))) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"it's [1].parquet", "rows*.parquet"})
  void parquetFileCanHaveAnyName(String name) throws IOException {
    Result<ManifestRow> series = Result.manifest(client, ALL, List.of("Patient_ID", "GCS_URL"));

    assertThat(write(export(series, Format.PARQUET, name, true))).isPositive();

    assertThat(files()).containsExactly(name);
  }

  @Test
  void otherExportDoesNotResume() throws IOException {
    assertThatThrownBy(() -> write(export(crashing(PAGE), Format.CSV, "file", true)))
        .isInstanceOf(Crash.class);
    FileExport<ManifestRow> other =
        new FileExport<>(
            new Export<>(rows(), Format.CSV, 7500), folder.resolve("file"), "other", true);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> write(other))
        .withMessageContaining("belongs to another export: test");
    assertThat(files()).containsExactly("file.checkpoint", "file.part");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{'export': 'test', 'bytes': 0, 'rows': 0, 'part': 7, 'checkpoint': 'VALID'}",
        "{'export': 'test', 'bytes': 0, 'rows': 0, 'part': -1, 'checkpoint': 'VALID'}",
        "{'export': 'test', 'bytes': -5, 'rows': 0, 'part': 0, 'checkpoint': 'VALID'}",
        "{'export': 'test', 'bytes': 0, 'rows': -3, 'part': 0, 'checkpoint': 'VALID'}",
        "{'export': 'test', 'bytes': 0, 'rows': 0, 'part': 0, 'checkpoint': 'x'}",
        "{'export': 'test', 'bytes': 0, 'rows': 0, 'part': 0, 'checkpoint': null}"
      })
  void positionThatNoExportSavedIsReported(String position) throws IOException {
    assertThatThrownBy(() -> write(export(crashing(PAGE), Format.CSV, "file", true)))
        .isInstanceOf(Crash.class);
    Path saved = folder.resolve("file.checkpoint");
    String valid = JsonMapper.shared().readTree(saved).get("checkpoint").toString();
    Files.writeString(saved, position.replace("'VALID'", valid).replace('\'', '"'));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> write(export(rows(), Format.CSV, "file", true)))
        .withMessage("The file " + saved + " is damaged. Delete it to start again.");
  }

  @Test
  void rowsAreKeptIfTheFileCannotGetItsName() throws IOException {
    Path obstacle = Files.createDirectories(folder.resolve("file/obstacle"));

    assertThatThrownBy(() -> write(export(rows(), Format.CSV, "file", true)))
        .isInstanceOf(IOException.class);
    assertThat(files()).containsExactly("file", "file.checkpoint", "file.part");

    Files.delete(obstacle);
    Files.delete(folder.resolve("file"));
    List<Long> resumed = new ArrayList<>();
    assertThat(export(rows(), Format.CSV, "file", true).write(true, resumed::add)).isEqualTo(7500);
    assertThat(resumed).hasSize(1);
    assertThat(files()).containsExactly("file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file.part", "file.checkpoint"})
  void damagedFilesAreReported(String name) throws IOException {
    assertThatThrownBy(() -> write(export(crashing(PAGE), Format.CSV, "file", true)))
        .isInstanceOf(Crash.class);
    Files.writeString(folder.resolve(name), "x");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> write(export(rows(), Format.CSV, "file", true)))
        .withMessageContaining(folder.resolve("file.checkpoint").toString());
  }

  @Test
  void parquetKeepsNumbersAndLists() throws Exception {
    Path file = folder.resolve("rows.parquet");
    FileExport<?> export =
        new FileExport<>(
            new Export<>(Result.metadata(client), Format.PARQUET, 3000), file, "test", true);
    assertThat(write(export)).isEqualTo(3000);

    assertThat(files()).containsExactly("rows.parquet");
    List<DicomMetadataRow> expected = client.dicomMetadata().limit(3000).stream().toList();
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        PreparedStatement statement =
            database.prepareStatement(
                "SELECT SOPInstanceUID, SliceThickness, ImageType FROM read_parquet(?)")) {
      statement.setString(1, file.toString());
      try (ResultSet rows = statement.executeQuery()) {
        for (DicomMetadataRow row : expected) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString(1)).isEqualTo(row.sopInstanceUid());
          assertThat(rows.getObject(2))
              .isEqualTo(
                  row.sliceThickness() == null ? null : Double.valueOf(row.sliceThickness()));
          assertThat(
                  rows.getArray(3) == null ? null : List.of((Object[]) rows.getArray(3).getArray()))
              .isEqualTo(row.imageType());
        }
        assertThat(rows.next()).isFalse();
      }
    }
  }
}
