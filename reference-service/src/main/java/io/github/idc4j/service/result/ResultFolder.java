package io.github.idc4j.service.result;

import io.github.idc4j.service.data.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder with the files of results. If results are kept, a later process finds them by their
 * IDs. The time at which a file was last modified is the time at which the latest walk over the
 * result began.
 */
public final class ResultFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ResultFolder.class);

  private static final Pattern NAME =
      Pattern.compile("(\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12})\\.rows");
  private static final String UNFINISHED = ".unfinished";

  private final Path path;
  private final Optional<TemporaryFolder> temporary;

  /**
   * A kept result.
   *
   * @param begun when the latest walk over the result began
   */
  public record Found(UUID id, Instant begun, Result result) {}

  private ResultFolder(Path path, Optional<TemporaryFolder> temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  /**
   * Opens a folder, and creates it if it does not exist.
   *
   * @param kept the folder in which results are kept; if empty, a temporary folder is used
   */
  public static ResultFolder open(Optional<Path> kept) throws IOException {
    if (kept.isPresent()) {
      return new ResultFolder(Files.createDirectories(kept.get()), Optional.empty());
    }
    TemporaryFolder temporary = TemporaryFolder.create("rows");
    return new ResultFolder(temporary.path(), Optional.of(temporary));
  }

  /** Returns whether later processes find the results. */
  public boolean isKept() {
    return temporary.isEmpty();
  }

  /** Returns the path of the file of a result. */
  public Path file(UUID id) {
    return path.resolve(id + ".rows");
  }

  /** Returns the path of a file that is not complete yet. */
  static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + UNFINISHED);
  }

  /**
   * Returns the results of earlier processes. Deletes incomplete and damaged files; the log names
   * the damaged ones.
   */
  public List<Found> find() throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(path)) {
      files = listed.toList();
    }
    List<Found> found = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      Matcher result = NAME.matcher(name);
      if (result.matches()) {
        open(UUID.fromString(result.group(1)), file).ifPresent(found::add);
      } else if (name.endsWith(UNFINISHED)) {
        Files.delete(file);
      }
    }
    return found;
  }

  private static Optional<Found> open(UUID id, Path file) throws IOException {
    try {
      return Optional.of(
          new Found(
              id, Files.getLastModifiedTime(file).toInstant(), new Result(RowBlocks.open(file))));
    } catch (DamagedFileException e) {
      LOG.error("A result is deleted, and its page tokens are no longer valid", e);
      Files.delete(file);
      return Optional.empty();
    }
  }

  /** Deletes the folder if it is temporary. */
  @Override
  public void close() throws IOException {
    if (temporary.isPresent()) {
      temporary.get().close();
    }
  }
}
