package io.github.idc4j.cli.export;

import io.github.idc4j.client.paging.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The position of an interrupted export.
 *
 * @param export describes the export, so that only the same export resumes from the position
 * @param bytes size of the unfinished file after the last complete page
 * @param rows number of rows in these bytes
 * @param part index of the part of the result that the last of these rows belongs to
 * @param checkpoint text of the client's checkpoint after these rows, in this part
 */
record SavedPosition(String export, long bytes, long rows, int part, String checkpoint) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Refuses what an export cannot have saved. */
  SavedPosition {
    Objects.requireNonNull(export);
    if (bytes < 0 || rows < 0 || part < 0) {
      throw new IllegalArgumentException("negative");
    }
    Checkpoint.parse(checkpoint);
  }

  /**
   * Reads a position; returns empty if the file does not exist.
   *
   * @throws IllegalArgumentException if the file does not contain a position
   */
  static Optional<SavedPosition> read(Path file) throws IOException {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      SavedPosition position = JSON.readValue(Files.readString(file), SavedPosition.class);
      if (position != null) {
        return Optional.of(position);
      }
    } catch (JacksonException e) {
      throw damaged(file, e);
    }
    throw damaged(file, null);
  }

  /** Returns an exception for a file that no export has written. */
  static IllegalArgumentException damaged(Path file, Exception cause) {
    return new IllegalArgumentException(
        "The file " + file + " is damaged. Delete it to start again.", cause);
  }

  /** Replaces the file in one step, so that it is complete whenever the process is killed. */
  void write(Path file) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(next, JSON.writeValueAsString(this));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
