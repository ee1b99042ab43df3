package io.github.idc4j.service.query;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The rows of a query, in a file: one JSON object a line, in order.
 *
 * <p>The offset of every {@value #STRIDE}th line is kept, so that reading a page costs what its own
 * rows cost, wherever it lies.
 */
public final class Rows {

  private static final int STRIDE = 256;
  private static final int BUFFER = 1 << 16;

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

  /** Writes the rows {@code [from, to)}, as JSON texts with commas between them, in UTF-8. */
  public void write(long from, long to, OutputStream out) throws IOException {
    long left = to - from;
    long skipped = from % STRIDE;
    byte[] buffer = new byte[BUFFER];
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(offsets[Math.toIntExact(from / STRIDE)]);
      InputStream in = Channels.newInputStream(channel);
      while (left > 0) {
        int length = in.read(buffer);
        if (length < 0) {
          throw new EOFException(file + " ends before row " + to);
        }
        int begin = 0;
        int end = 0;
        // No row has a line break within it: JSON writes them as escapes.
        while (end < length && left > 0) {
          if (buffer[end++] == '\n') {
            if (skipped > 0) {
              skipped--;
              begin = end;
            } else {
              left--;
              buffer[end - 1] = ',';
            }
          }
        }
        if (skipped == 0) {
          out.write(buffer, begin, (left == 0 ? end - 1 : end) - begin);
        }
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
