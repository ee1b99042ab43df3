package io.github.idc4j.cli.export;

import io.github.idc4j.client.error.BadRequestException;
import io.github.idc4j.client.paging.Checkpoint;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Exports a result to a file. The file appears under its name only when it is complete. Until then,
 * its rows are in {@code FILE.part}, and {@code FILE.checkpoint} has the position after the last
 * complete page. A process that is killed at any time leaves both in a state from which the export
 * can resume.
 */
public final class FileExport<T> {

  private final Export<T> export;
  private final Path file;
  private final Path part;
  private final Path saved;
  private final String description;
  private final boolean tokensLast;

  /**
   * Creates an instance.
   *
   * @param file the file, which is replaced if it exists
   * @param description identifies the export: the source, the filters, the columns and the format
   * @param tokensLast whether the page tokens of the service are still valid when an export
   *     resumes; if not, the export fetches the rows again that it already has
   */
  public FileExport(Export<T> export, Path file, String description, boolean tokensLast) {
    this.export = export;
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.saved = file.resolveSibling(file.getFileName() + ".checkpoint");
    this.description = description;
    this.tokensLast = tokensLast;
  }

  /** Returns whether an interrupted export has left a checkpoint. */
  public boolean canResume() {
    return Files.exists(saved);
  }

  /**
   * Writes the file.
   *
   * @param resume whether to resume if an interrupted export has left a checkpoint
   * @param onResume accepts the number of rows that an interrupted export has written
   * @return the number of rows in the file
   * @throws IllegalArgumentException if another export is writing the file, if there is a
   *     checkpoint that this export cannot or must not use, or if the format cannot contain the
   *     columns
   * @throws IOException if a file cannot be read or written
   */
  public long write(boolean resume, LongConsumer onResume) throws IOException {
    OutputLock lock = OutputLock.acquire(file);
    try (lock) {
      Optional<SavedPosition> start = SavedPosition.read(saved);
      start.ifPresent(position -> requireSameExport(position, resume));
      start.ifPresent(position -> onResume.accept(position.rows()));
      return write(start);
    }
  }

  private long write(Optional<SavedPosition> start) throws IOException {
    try {
      long rows = writePart(start);
      Path complete =
          export.format().complete(part, AttributeTable.types(export.result().columns()));
      moveToTarget(complete);
      return rows;
    } finally {
      if (Files.notExists(saved)) {
        Files.deleteIfExists(part);
      }
    }
  }

  /** Gives the complete file its name. If that fails, the export can still resume. */
  private void moveToTarget(Path complete) throws IOException {
    Optional<SavedPosition> last = SavedPosition.read(saved);
    Files.deleteIfExists(saved);
    try {
      Files.move(
          complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      if (last.isPresent()) {
        last.get().write(saved);
      }
      throw e;
    }
  }

  private void requireSameExport(SavedPosition position, boolean resume) {
    if (position.part() >= export.result().parts().size()) {
      throw SavedPosition.damaged(saved, null);
    }
    if (!position.export().equals(description)) {
      throw new IllegalArgumentException(
          "%s belongs to another export: %s. Repeat that command with --resume, or delete this file to start again."
              .formatted(saved, position.export()));
    }
    if (!resume) {
      throw new IllegalArgumentException(
          "An interrupted export to %s has %,d rows. Add --resume to continue it, or delete %s to start again."
              .formatted(file, position.rows(), saved));
    }
  }

  private long writePart(Optional<SavedPosition> start) throws IOException {
    try (FileChannel channel =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Writer target = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8))) {
      RowWriter writer =
          export.format().writer(target, export.result().columns(), Integer.MAX_VALUE);
      position(channel, start.map(SavedPosition::bytes).orElse(0L));
      try (ResultWalk<T> walk = walk(start)) {
        return export.write(
            writer,
            walk,
            start.map(SavedPosition::rows).orElse(0L),
            rows -> {
              target.flush();
              new SavedPosition(
                      description, channel.position(), rows, walk.part(), walk.checkpoint().text())
                  .write(saved);
            });
      }
    }
  }

  /** Removes what was written after the position. */
  private void position(FileChannel channel, long bytes) throws IOException {
    if (channel.size() < bytes) {
      throw new IllegalArgumentException(
          "%s has %d bytes, but %s is the position after %d bytes. Delete both files to start again."
              .formatted(part, channel.size(), saved, bytes));
    }
    channel.truncate(bytes).position(bytes);
  }

  private ResultWalk<T> walk(Optional<SavedPosition> start) {
    if (start.isEmpty()) {
      return new ResultWalk<>(export.result(), export.limit(), 0, Optional.empty());
    }
    SavedPosition position = start.get();
    Checkpoint checkpoint = Checkpoint.parse(position.checkpoint());
    if (tokensLast) {
      ResultWalk<T> walk =
          new ResultWalk<>(
              export.result(),
              export.limit() - position.rows(),
              position.part(),
              Optional.of(checkpoint));
      if (position.rows() == export.limit() || isAccepted(walk)) {
        return walk;
      }
      walk.close();
    }
    return skipped(position, checkpoint.rows());
  }

  /** Returns whether the service still accepts the page token. Fetches the next page. */
  private static boolean isAccepted(ResultWalk<?> walk) {
    try {
      return walk.hasNext() || walk.checkpoint().isComplete();
    } catch (BadRequestException expired) {
      return false;
    }
  }

  /**
   * Returns a new walk after the position. The order of the rows is the same in each walk.
   *
   * @param rowsOfPart the number of rows of the part that are before the position
   */
  private ResultWalk<T> skipped(SavedPosition position, long rowsOfPart) {
    long rowsBefore = position.rows() - rowsOfPart;
    ResultWalk<T> walk =
        new ResultWalk<>(
            export.result(), export.limit() - rowsBefore, position.part(), Optional.empty());
    for (long row = 0; row < rowsOfPart; row++) {
      if (!walk.hasNext() || walk.part() != position.part()) {
        walk.close();
        throw new IllegalArgumentException(
            "The result now has only %d rows, but %s has %d. The data has changed. Delete %s to start again."
                .formatted(rowsBefore + row, part, position.rows(), saved));
      }
      walk.skip();
    }
    return walk;
  }
}
