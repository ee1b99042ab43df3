package io.github.idc4j.service.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.idc4j.service.engine.EngineRows;
import io.github.idc4j.service.engine.RowsGoneException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultTest {

  private static final long COUNT = 20_500;

  @TempDir Path folder;

  private final Rows rows = new Rows();
  private Result result;
  private Path file;

  /** Simulates the rows that an engine computed. */
  private static final class Rows implements EngineRows {

    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Long> reads = new ArrayList<>();
    private boolean isKept;
    private boolean isGone;
    private Runnable onRead = () -> {};

    private static String row(long i) {
      return "{\"n\":" + i + ",\"text\":\"é" + "x".repeat((int) (i % 50)) + "\"}";
    }

    @Override
    public long count() {
      return COUNT;
    }

    @Override
    public void read(long from, long to, Consumer consumer) throws IOException, SQLException {
      assertThat(closed).isFalse();
      if (isGone) {
        throw new RowsGoneException(new IOException("deleted"));
      }
      reads.add(to - from);
      onRead.run();
      for (long i = from; i < to; i++) {
        consumer.accept(row(i).getBytes(StandardCharsets.UTF_8));
      }
    }

    @Override
    public boolean isKept() {
      return isKept;
    }

    @Override
    public boolean expires() {
      return false;
    }

    @Override
    public void close() {
      assertThat(closed.getAndSet(true)).isFalse();
    }
  }

  @BeforeEach
  void create() {
    result = new Result(rows);
    file = folder.resolve("1.rows");
  }

  private String read(long from, long to) throws IOException, SQLException {
    try (Result.Reader reader = result.open().orElseThrow()) {
      return read(reader, from, to);
    }
  }

  private static String read(Result.Reader reader, long from, long to)
      throws IOException, SQLException {
    PageRows rows = reader.read(from, to);
    OptionalLong bytes = rows.bytes();
    String text = text(rows);
    bytes.ifPresent(
        length ->
            assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSize(Math.toIntExact(length)));
    return text;
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1000, true",
    "19000, 20500, true",
    "0, 0, true",
    "1, 1000, false",
    "0, 20499, false"
  })
  void theLengthOfWholeBlocksIsKnown(long from, long to, boolean known) throws Exception {
    try (Result.Reader reader = result.open().orElseThrow()) {
      assertThat(reader.read(from, to).bytes()).isEmpty();

      result.store(file, false);

      assertThat(reader.read(from, to).bytes().isPresent()).isEqualTo(known);
      assertThat(read(reader, from, to)).isEqualTo(expected(from, to));
    }
  }

  private static String text(PageRows rows) throws IOException, SQLException {
    StringBuilder text = new StringBuilder();
    for (Optional<ByteBuffer> some = rows.next(); some.isPresent(); some = rows.next()) {
      text.append(text(some));
    }
    return text.toString();
  }

  private static String text(Optional<ByteBuffer> rows) {
    return StandardCharsets.UTF_8.decode(rows.orElseThrow()).toString();
  }

  private static String expected(long from, long to) {
    return LongStream.range(from, to).mapToObj(Rows::row).collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0, 1",
    "0, 999",
    "0, 1000",
    "0, 1001",
    "999, 1001",
    "1000, 1000",
    "1000, 2000",
    "5000, 9000",
    "20499, 20500",
    "20000, 20500",
    "0, 20500"
  })
  void pagesAreTheSameFromTheEngineAndFromTheFile(long from, long to) throws Exception {
    assertThat(read(from, to)).isEqualTo(expected(from, to));

    result.store(file, false);

    assertThat(rows.closed).isTrue();
    assertThat(result.bytes()).isEqualTo(Files.size(file)).isPositive();
    assertThat(read(from, to)).isEqualTo(expected(from, to));
  }

  @Test
  void readsNothingOfThePagesBefore() throws Exception {
    result.store(file, false);
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.write(new byte[(int) (access.length() / 2)]);
    }

    assertThat(read(COUNT - 3, COUNT)).isEqualTo(expected(COUNT - 3, COUNT));
    assertThatThrownBy(() -> read(0, 1))
        .isInstanceOf(RowsGoneException.class)
        .hasMessageContaining("is damaged");
    assertThat(file).doesNotExist();
    assertThat(result.open()).isEmpty();
  }

  @Test
  void theRowsOfAFileThatBecameShorterAreGone() throws Exception {
    result.store(file, false);
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.setLength(access.length() - 10);
    }

    assertThatThrownBy(() -> read(0, COUNT))
        .isInstanceOf(RowsGoneException.class)
        .hasMessageContaining("ends before its rows do");
  }

  @Test
  void aClientThatReadsSlowlyDoesNotDelayStoring() throws IOException, SQLException {
    try (Result.Reader reader = result.open().orElseThrow()) {
      PageRows slow = reader.read(0, COUNT);
      String first = text(slow.next());

      result.store(file, false);

      assertThat(first + text(slow)).isEqualTo(expected(0, COUNT));
    }
  }

  @Test
  void theBytesOfAnUnfinishedFileCount() throws IOException, SQLException {
    List<Long> bytes = new ArrayList<>();
    rows.onRead = () -> bytes.add(result.bytes());

    result.store(file, false);

    assertThat(bytes).hasSizeGreaterThan(9).isSorted().doesNotHaveDuplicates().startsWith(0L);
    assertThat(result.bytes()).isEqualTo(Files.size(file)).isGreaterThan(bytes.get(9));
  }

  @Test
  void aFileThatCannotBeWrittenDoesNotCount() throws IOException, SQLException {
    rows.onRead =
        () -> {
          if (result.bytes() > 0) {
            throw new IllegalStateException("no more rows");
          }
        };

    assertThatThrownBy(() -> result.store(file, false)).hasMessage("no more rows");

    assertThat(result.bytes()).isZero();
    assertThat(file).doesNotExist();
  }

  @Test
  void deletingFreesTheRowsOfTheEngine() throws Exception {
    result.delete();
    result.delete();

    assertThat(rows.closed).isTrue();
    assertThat(result.open()).isEmpty();
    result.store(file, false);
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void deletingWaitsForTheLastReader(boolean isStored) throws Exception {
    Result.Reader first = result.open().orElseThrow();
    Result.Reader second = result.open().orElseThrow();
    if (isStored) {
      result.store(file, false);
    }

    result.delete();
    first.close();
    first.close();

    assertThat(result.open()).isEmpty();
    assertThat(read(second, 0, COUNT)).isEqualTo(expected(0, COUNT));
    second.close();
    assertThat(rows.closed).isTrue();
    assertThat(file).doesNotExist();
  }

  @Test
  void aResultThatIsDeletedWhileItIsStoredLeavesNoFile() throws Exception {
    rows.onRead =
        () -> {
          try {
            result.delete();
          } catch (IOException | SQLException e) {
            throw new AssertionError(e);
          }
        };

    result.store(file, false);

    assertThat(rows.closed).isTrue();
    assertThat(file).doesNotExist();
  }

  @Test
  void rowsThatTheEngineKeepsAreNotStored() throws Exception {
    assertThat(result.isStored()).isFalse();
    rows.isKept = true;
    result = new Result(rows);

    assertThat(result.isStored()).isTrue();
    assertThat(read(1500, 9000)).isEqualTo(expected(1500, 9000));
    assertThat(rows.reads).containsExactly(2000L, 2000L, 2000L, 1500L);
  }

  @Test
  void rowsThatAreGoneAreReportedBeforeAnythingIsWritten() {
    rows.isKept = true;
    rows.isGone = true;
    result = new Result(rows);

    assertThatThrownBy(() -> result.open().orElseThrow().read(0, 1))
        .isInstanceOf(RowsGoneException.class);
  }
}
