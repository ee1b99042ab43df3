package io.github.idc4j.service.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsTest {

  private static final int COUNT = 20_000;

  @TempDir Path folder;
  private Path file;
  private Rows rows;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("rows.ndjson");
    Files.writeString(
        file, IntStream.range(0, COUNT).mapToObj(i -> row(i) + "\n").collect(Collectors.joining()));
    rows = Rows.in(file, COUNT);
  }

  private static String row(int i) {
    return "{\"n\":" + i + ",\"text\":\"é" + "x".repeat(i % 50) + "\"}";
  }

  private String read(long from, long to) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    rows.write(from, to, text);
    return text.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0, 1",
    "0, 255",
    "0, 256",
    "0, 257",
    "255, 257",
    "256, 256",
    "5000, 9000",
    "19999, 20000",
    "0, 20000"
  })
  void givesTheRowsOfAnyPage(int from, int to) throws IOException {
    assertThat(read(from, to))
        .isEqualTo(
            IntStream.range(from, to).mapToObj(RowsTest::row).collect(Collectors.joining(",")));
  }

  @Test
  void readsNothingOfThePagesBefore() throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.write(new byte[(int) (access.length() / 2)]);
    }

    assertThat(read(COUNT - 3L, COUNT)).startsWith(row(COUNT - 3)).endsWith(row(COUNT - 1));
  }
}
