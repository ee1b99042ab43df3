package io.github.idc4j.service.result;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in a file of compressed blocks. A page reads only the blocks that it needs, wherever they
 * are in the file.
 */
final class RowBlocks implements AutoCloseable {

  /** Rows of a block. */
  static final int ROWS = 1000;

  /** The fastest level; it shrinks rows to an eighth or less. */
  private static final int LEVEL = 1;

  private final Path file;
  private final FileChannel channel;
  private final List<Block> blocks;

  /**
   * A block: the ends of its rows as integers, and then its rows with commas between them.
   *
   * @param offset its place in the file
   * @param compressed its length in the file
   * @param length its length
   */
  private record Block(long offset, int compressed, int length) {}

  private RowBlocks(Path file, FileChannel channel, List<Block> blocks) {
    this.file = file;
    this.channel = channel;
    this.blocks = blocks;
  }

  /**
   * Reads the rows {@code [from, to)}, which are in one block, as JSON with commas between them.
   *
   * @return the bytes between its position and its limit
   */
  ByteBuffer read(long from, long to) throws IOException {
    int number = Math.toIntExact(from / ROWS);
    int begin = Math.toIntExact(from % ROWS);
    int end = Math.toIntExact(to - (long) number * ROWS);
    ByteBuffer block = ByteBuffer.wrap(read(blocks.get(number)));
    int rows = Integer.BYTES * (block.getInt(0) + 1);
    int start = begin == 0 ? 0 : block.getInt(Integer.BYTES * begin) + 1;
    int stop = block.getInt(Integer.BYTES * end);
    return block.position(rows + start).limit(rows + stop);
  }

  private byte[] read(Block block) throws IOException {
    ByteBuffer compressed = ByteBuffer.allocate(block.compressed());
    while (compressed.hasRemaining()) {
      if (channel.read(compressed, block.offset() + compressed.position()) < 0) {
        throw new EOFException(file + " ends before its rows do");
      }
    }
    try {
      return Zstd.decompress(compressed.array(), block.length());
    } catch (ZstdException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Returns the length of the file in bytes. */
  long bytes() {
    return blocks.stream().mapToLong(Block::compressed).sum();
  }

  /** Deletes the file. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }

  /** Writes a file row by row. Closing it deletes the file, unless it was finished. */
  static final class Writer implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private final List<Block> blocks = new ArrayList<>();
    private final ByteArrayOutputStream rows = new ByteArrayOutputStream();
    private final int[] ends = new int[ROWS];
    private int count;
    private long offset;
    private boolean finished;

    Writer(Path file) throws IOException {
      this.file = file;
      this.channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    }

    void add(byte[] json) throws IOException {
      if (count > 0) {
        rows.write(',');
      }
      rows.writeBytes(json);
      ends[count++] = rows.size();
      if (count == ROWS) {
        flush();
      }
    }

    private void flush() throws IOException {
      ByteBuffer block = ByteBuffer.allocate(Integer.BYTES * (count + 1) + rows.size());
      block.putInt(count);
      for (int i = 0; i < count; i++) {
        block.putInt(ends[i]);
      }
      block.put(rows.toByteArray());
      byte[] compressed = Zstd.compress(block.array(), LEVEL);
      ByteBuffer out = ByteBuffer.wrap(compressed);
      while (out.hasRemaining()) {
        channel.write(out);
      }
      blocks.add(new Block(offset, compressed.length, block.capacity()));
      offset += compressed.length;
      rows.reset();
      count = 0;
    }

    /** Returns the rows. */
    RowBlocks finish() throws IOException {
      if (count > 0) {
        flush();
      }
      finished = true;
      return new RowBlocks(file, channel, blocks);
    }

    @Override
    public void close() throws IOException {
      if (!finished) {
        channel.close();
        Files.deleteIfExists(file);
      }
    }
  }
}
