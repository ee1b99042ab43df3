package io.github.idc4j.service.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.engine.EngineRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the memory of pages whose clients read slowly. */
class PageMemoryTest {

  private static final long COUNT = 5000;
  private static final String WIDE = "x".repeat(3000);

  @TempDir Path folder;

  private final List<Result.Reader> readers = new ArrayList<>();

  private static String row(long i) {
    return "{\"n\":" + i + ",\"text\":\"" + WIDE + "\"}";
  }

  private static Result result(boolean isKept) {
    return new Result(
        new EngineRows() {
          @Override
          public long count() {
            return COUNT;
          }

          @Override
          public boolean isKept() {
            return isKept;
          }

          @Override
          public void read(long from, long to, Consumer consumer) throws IOException {
            for (long i = from; i < to; i++) {
              consumer.accept(row(i).getBytes(UTF_8));
            }
          }

          @Override
          public void close() {}
        });
  }

  @AfterEach
  void closeReaders() throws IOException, SQLException {
    for (Result.Reader reader : readers) {
      reader.close();
    }
    assertThat(PageMemory.used()).isZero();
  }

  private PageRows begin(Result result) throws IOException, SQLException {
    Result.Reader reader = result.open().orElseThrow();
    readers.add(reader);
    return reader.read(0, COUNT);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void manySlowClientsUseLittleMemoryAndReceiveAllRows(boolean isKept) throws Exception {
    Result result = result(isKept);
    if (!isKept) {
      result.store(folder.resolve("1.rows"), false);
    }

    PageRows first = begin(result);
    long firstBytes = PageMemory.used();
    PageRows last = first;
    for (int i = 0; i < 500; i++) {
      last = begin(result);
    }

    assertThat(firstBytes).isGreaterThan(2L * 1000 * WIDE.length());
    assertThat(PageMemory.used())
        .isLessThan(PageMemory.TOO_MUCH_BYTES + firstBytes + 500L * 2 * 11 * WIDE.length());
    assertThat(text(last)).isEqualTo(text(first)).isEqualTo(expected());
  }

  @Test
  void memoryThatWasGivenBackIsUsedAgain() throws Exception {
    Result result = result(true);
    while (PageMemory.used() <= PageMemory.MUCH_BYTES) {
      begin(result);
    }
    PageRows few = begin(result);
    closeReaders();
    PageRows many = begin(result);

    assertThat(many.next().orElseThrow().remaining())
        .isGreaterThan(10 * few.next().orElseThrow().remaining());
  }

  private static String text(PageRows rows) throws IOException, SQLException {
    StringBuilder text = new StringBuilder();
    for (Optional<ByteBuffer> some = rows.next(); some.isPresent(); some = rows.next()) {
      text.append(UTF_8.decode(some.get()));
    }
    return text.toString();
  }

  private static String expected() {
    return LongStream.range(0, COUNT)
        .mapToObj(PageMemoryTest::row)
        .collect(Collectors.joining(","));
  }
}
