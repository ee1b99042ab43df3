package io.github.idc4j.service.query;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The rows of a query, in a file. Each line of the file is one row, as a JSON object.
 *
 * <p>This class keeps the offset of every {@value #STRIDE}th line. Therefore, reading the last page
 * takes no longer than reading the first page.
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

  /** Reads a complete file of {@code count} lines to find the offsets. */
  static Rows in(Path file, long count) throws IOException {
    long[] offsets = new long[Math.toIntExact(count / STRIDE + 1)];
    long line = 0;
    long position = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        for (int i = 0; i < length; i++) {
          if (buffer[i] == '\n') {
            line++;
            if (line % STRIDE == 0) {
              offsets[Math.toIntExact(line / STRIDE)] = position + i + 1;
            }
          }
        }
        position += length;
      }
    }
    return new Rows(file, count, offsets);
  }

  /** Returns the number of rows. */
  public long count() {
    return count;
  }

  /**
   * Writes the rows {@code [from, to)} as JSON objects with commas between them.
   *
   * @throws IOException if writing to {@code out} fails
   * @throws UncheckedIOException if reading the rows fails
   */
  public void write(long from, long to, OutputStream out) throws IOException {
    try (InputStream in = open(offsets[Math.toIntExact(from / STRIDE)])) {
      byte[] buffer = new byte[BUFFER];
      long skipped = from % STRIDE;
      long left = to - from;
      while (left > 0) {
        int length = read(in, buffer);
        int begin = 0;
        int end = 0;
        // A line break always ends a row, because JSON escapes line breaks in strings.
        for (; end < length && left > 0; end++) {
          if (buffer[end] != '\n') {
            continue;
          }
          if (skipped > 0) {
            skipped--;
            begin = end + 1;
          } else {
            left--;
            buffer[end] = ',';
          }
        }
        if (skipped == 0) {
          out.write(buffer, begin, (left == 0 ? end - 1 : end) - begin);
        }
      }
    }
  }

  private InputStream open(long offset) {
    try {
      return Channels.newInputStream(FileChannel.open(file).position(offset));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int read(InputStream in, byte[] buffer) {
    try {
      int length = in.read(buffer);
      if (length < 0) {
        throw new EOFException("The file ends before the rows do");
      }
      return length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
