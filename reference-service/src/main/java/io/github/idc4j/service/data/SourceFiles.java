package io.github.idc4j.service.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The files of a data set: wheels and Parquet files, which may be in folders. */
record SourceFiles(List<Path> wheels, List<Path> tables) {

  /**
   * Finds the files of the given paths. Nothing is read yet.
   *
   * @throws DataSetException if a path does not exist, cannot be read, or has no such files
   */
  static SourceFiles in(List<Path> paths) throws IOException {
    List<Path> wheels = new ArrayList<>();
    List<Path> tables = new ArrayList<>();
    for (Path path : paths) {
      List<Path> found = found(path);
      if (found.isEmpty()) {
        throw new DataSetException(
            path
                + " contains no data. Name a wheel of the Python package idc-index-data, a Parquet"
                + " file, or a folder with such files.");
      }
      found.forEach(file -> (Wheel.isOne(file) ? wheels : tables).add(file));
    }
    return new SourceFiles(wheels, tables);
  }

  private static List<Path> found(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new DataSetException("There is no file or folder " + path + ". Check the path.");
    }
    try (Stream<Path> files = Files.walk(path.toRealPath())) {
      List<Path> found =
          files
              .filter(Files::isRegularFile)
              .filter(file -> Wheel.isOne(file) || file.toString().endsWith(Database.FILE_TYPE))
              .sorted()
              .toList();
      for (Path file : found) {
        if (!Files.isReadable(file)) {
          throw new AccessDeniedException(file.toString());
        }
      }
      return found;
    } catch (AccessDeniedException | java.io.UncheckedIOException e) {
      throw new DataSetException(
          "No permission to read " + path + ". Change its permissions, or start as another user.",
          e);
    }
  }

  /** Returns a text that changes when a file changes, and is not the same for other files. */
  String fingerprint() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : Stream.concat(wheels.stream(), tables.stream()).sorted().toList()) {
        String line =
            file + "\n" + Files.size(file) + "\n" + Files.getLastModifiedTime(file) + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
