package io.github.idc4j.service.result;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Stores rows in blocks. The blocks are compressed and written to a file. If there are only a few
 * rows, they stay in memory instead, unless later processes need them. Reading a page reads only
 * the blocks that contain its rows.
 */
final class RowBlocks implements AutoCloseable {

  /** The number of rows in a block. The last block can have fewer rows. */
  static final int ROWS = 1000;

  /** If all rows fit in one block and have fewer bytes than this, they are kept in memory. */
  private static final int MIN_FILE_BYTES = 1 << 16;

  /** The compression level for rows that shrink to a fifth or less with it. */
  private static final int FAST_LEVEL = -1;

  /** The compression level for other rows. Decompression takes about 1.5 times as long. */
  private static final int NORMAL_LEVEL = 1;

  private final List<Block> blocks;
  private final long count;
  private final Optional<BlockFile> file;

  /**
   * A block. Its bytes are the number of rows, the end offset of each row, and the rows, with a
   * comma before each row. The number and the offsets are integers of four bytes.
   */
  private interface Block {
    ByteBuffer read(BlockMemory memory) throws IOException;

    /** Returns the length of the block in the file, in bytes; 0 if the block is in memory. */
    int fileBytes();

    /** Returns the length of all rows with their commas, in bytes. */
    int rowBytes();
  }

  private static final class MemoryBlock implements Block {

    private final byte[] bytes;

    private MemoryBlock(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public ByteBuffer read(BlockMemory memory) {
      return ByteBuffer.wrap(bytes);
    }

    @Override
    public int fileBytes() {
      return 0;
    }

    @Override
    public int rowBytes() {
      return bytes.length - header(ByteBuffer.wrap(bytes).getInt(0));
    }
  }

  private record FileBlock(BlockFile file, long offset, BlockIndex.Entry entry) implements Block {
    @Override
    public ByteBuffer read(BlockMemory memory) throws IOException {
      return memory.read(file, offset, entry);
    }

    @Override
    public int fileBytes() {
      return entry.fileBytes();
    }

    @Override
    public int rowBytes() {
      return entry.rowBytes();
    }
  }

  private RowBlocks(List<Block> blocks, long count, Optional<BlockFile> file) {
    this.blocks = blocks;
    this.count = count;
    this.file = file;
  }

  /**
   * Opens a file that {@link Writer#keep} wrote.
   *
   * @throws DamagedFileException if the file is incomplete or has changed
   */
  static RowBlocks open(Path path) throws IOException {
    BlockFile file = BlockFile.open(path);
    try {
      BlockIndex.Content index = BlockIndex.read(file);
      List<Block> blocks = new ArrayList<>();
      long offset = 0;
      for (BlockIndex.Entry entry : index.blocks()) {
        blocks.add(new FileBlock(file, offset, entry));
        offset += entry.fileBytes();
      }
      return new RowBlocks(blocks, index.rows(), Optional.of(file));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  long count() {
    return count;
  }

  /** Returns the path of the file, if there is one. */
  Optional<Path> path() {
    return file.map(BlockFile::path);
  }

  /**
   * Reads the rows {@code [from, to)}, which must be in one block.
   *
   * @return a buffer with the rows as JSON objects, with a comma before each row, from its position
   *     to its limit; the next read but one with the same memory overwrites it
   */
  ByteBuffer read(long from, long to, BlockMemory memory) throws IOException {
    int number = Math.toIntExact(from / ROWS);
    int begin = Math.toIntExact(from % ROWS);
    int end = Math.toIntExact(to - (long) number * ROWS);
    ByteBuffer block = blocks.get(number).read(memory);
    int rows = header(block.getInt(0));
    int start = begin == 0 ? 0 : block.getInt(Integer.BYTES * begin);
    int stop = block.getInt(Integer.BYTES * end);
    return block.position(rows + start).limit(rows + stop);
  }

  /** Returns the length of a block before its rows, in bytes. */
  private static int header(int rows) {
    return Integer.BYTES * (rows + 1);
  }

  /**
   * Returns the length of the rows {@code [from, to)} with their commas, in bytes; empty if they
   * begin or end within a block, which then would have to be read.
   */
  OptionalLong bytes(long from, long to) {
    if (from % ROWS != 0 || (to % ROWS != 0 && to != count)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        blocks
            .subList(Math.toIntExact(from / ROWS), Math.toIntExact((to + ROWS - 1) / ROWS))
            .stream()
            .mapToLong(Block::rowBytes)
            .sum());
  }

  /** Returns the length of the file in bytes; 0 if there is no file. */
  long bytes() {
    return blocks.stream().mapToLong(Block::fileBytes).sum();
  }

  /** Deletes the file, if there is one. */
  void delete() throws IOException {
    if (file.isPresent()) {
      file.get().delete();
    }
  }

  /** Closes the file, if there is one. */
  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }

  /**
   * Writes rows one by one. {@link #close} deletes the file unless {@link #finish} or {@link #keep}
   * was called.
   */
  static final class Writer implements AutoCloseable {

    private final Path path;
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private Optional<BlockFile> file = Optional.empty();
    private final List<Block> blocks = new ArrayList<>();
    private final ByteArrayOutputStream rows = new ByteArrayOutputStream();
    private final int[] ends = new int[ROWS];
    private int count;
    private boolean finished;

    /** Creates a writer. The file is created when the first block is full. */
    Writer(Path path) {
      this.path = path;
    }

    void add(byte[] json) throws IOException {
      if (count == ROWS) {
        flush();
      }
      rows.write(',');
      rows.writeBytes(json);
      ends[count++] = rows.size();
    }

    /** Returns the length of the file in bytes; 0 if there is no file yet. */
    long fileBytes() {
      return file.map(BlockFile::bytes).orElse(0L);
    }

    private void flush() throws IOException {
      if (file.isEmpty()) {
        file = Optional.of(BlockFile.create(path));
      }
      int rowBytes = rows.size();
      byte[] block = block();
      byte[] compressed = compress(block);
      long offset = file.get().append(compressed);
      blocks.add(
          new FileBlock(
              file.get(),
              offset,
              new BlockIndex.Entry(
                  compressed.length,
                  rowBytes,
                  block.length,
                  BlockIndex.checksum(ByteBuffer.wrap(compressed)))));
    }

    private byte[] compress(byte[] block) {
      if (!blocks.isEmpty()) {
        return zstd.compress(block);
      }
      byte[] compressed = zstd.setLevel(FAST_LEVEL).compress(block);
      return compressed.length > block.length / 5
          ? zstd.setLevel(NORMAL_LEVEL).compress(block)
          : compressed;
    }

    private byte[] block() {
      ByteBuffer block = ByteBuffer.allocate(header(count) + rows.size());
      block.putInt(count);
      for (int i = 0; i < count; i++) {
        block.putInt(ends[i]);
      }
      block.put(rows.toByteArray());
      rows.reset();
      count = 0;
      return block.array();
    }

    /** Stores the remaining rows, and returns all rows. */
    RowBlocks finish() throws IOException {
      long total = total();
      if (file.isEmpty() && rows.size() < MIN_FILE_BYTES) {
        blocks.add(new MemoryBlock(block()));
      } else {
        flush();
      }
      finished = true;
      return new RowBlocks(blocks, total, file);
    }

    /** Stores the remaining rows in the file, gives it a name, and returns all rows. */
    RowBlocks keep(Path name) throws IOException {
      long total = total();
      flush();
      List<BlockIndex.Entry> entries =
          blocks.stream().map(block -> ((FileBlock) block).entry()).toList();
      file.get().append(BlockIndex.write(new BlockIndex.Content(entries, total)));
      file.get().publish(name);
      finished = true;
      return new RowBlocks(blocks, total, file);
    }

    private long total() {
      return (long) blocks.size() * ROWS + count;
    }

    @Override
    public void close() throws IOException {
      zstd.close();
      if (!finished && file.isPresent()) {
        file.get().delete();
      }
    }
  }
}
