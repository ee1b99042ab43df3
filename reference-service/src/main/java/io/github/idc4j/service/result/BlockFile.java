package io.github.idc4j.service.result;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that one thread appends to and any thread can read. {@link #close} deletes the file. */
final class BlockFile implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;
  private long end;

  BlockFile(Path path) throws IOException {
    this.path = path;
    this.channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  Path path() {
    return path;
  }

  /** Returns the number of appended bytes. Only for the thread that appends. */
  long bytes() {
    return end;
  }

  /** Appends bytes and returns the offset of the first appended byte. */
  long append(byte[] bytes) throws IOException {
    long begin = end;
    ByteBuffer out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      end += channel.write(out, end);
    }
    return begin;
  }

  /** Fills a buffer with the bytes from an offset. */
  void read(long offset, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw new EOFException(path + " ends before its rows do");
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }
}
