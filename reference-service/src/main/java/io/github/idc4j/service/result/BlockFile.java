package io.github.idc4j.service.result;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that one thread appends to and any thread can read. */
final class BlockFile implements AutoCloseable {

  private final FileChannel channel;
  private volatile Path path;
  private long end;

  private BlockFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.end = channel.size();
  }

  /** Creates a file. */
  static BlockFile create(Path path) throws IOException {
    return new BlockFile(
        path,
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  /** Opens an existing file to read it. */
  static BlockFile open(Path path) throws IOException {
    return new BlockFile(path, FileChannel.open(path, StandardOpenOption.READ));
  }

  Path path() {
    return path;
  }

  /** Returns the length of the file in bytes. Only for the thread that appends. */
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
        throw new DamagedFileException(path + " ends before its rows do");
      }
    }
  }

  /** Renames the complete file after the disk has its content. */
  void publish(Path name) throws IOException {
    channel.force(false);
    Files.move(path, name, StandardCopyOption.ATOMIC_MOVE);
    path = name;
  }

  void delete() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
