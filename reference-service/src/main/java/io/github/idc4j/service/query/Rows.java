package io.github.idc4j.service.query;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The rows of a query, in a file: one JSON object a line, in order.
 *
 * <p>The offset of every {@value #STRIDE}th line is kept, so that reading a page costs what its own
 * rows cost, wherever it lies.
 */
public final class Rows {

  private static final int STRIDE = 256;

  private final Path file;
  private final long count;
  private final long[] offsets;

  private Rows(Path file, long count, long[] offsets) {
    this.file = file;
    this.count = count;
    this.offsets = offsets;
  }

  /** Finds the offsets of a finished file of {@code count} lines. */
  static Rows in(Path file, long count) throws IOException {
    long[] offsets = new long[Math.toIntExact(count / STRIDE + 1)];
    long line = 0;
    long position = 0;
    ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          position++;
          if (buffer.get() == '\n') {
            line++;
            if (line % STRIDE == 0) {
              offsets[Math.toIntExact(line / STRIDE)] = position;
            }
          }
        }
        buffer.clear();
      }
    }
    return new Rows(file, count, offsets);
  }

  /** Returns the number of rows. */
  public long count() {
    return count;
  }

  /** Hands the rows {@code [from, to)} over, one after the other, each as JSON text. */
  public void read(long from, long to, Consumer<String> row) throws IOException {
    if (from == to) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(offsets[Math.toIntExact(from / STRIDE)]);
      InputStream stream = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8), 1 << 16);
      for (long skipped = from % STRIDE; skipped > 0; skipped--) {
        lines.readLine();
      }
      for (long i = from; i < to; i++) {
        row.accept(lines.readLine());
      }
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
