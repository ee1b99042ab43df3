package io.github.idc4j.service.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of a data set, without duplicates.
 *
 * @param wheels the wheels
 * @param tables the Parquet files that are not in a wheel
 */
record SourceFiles(List<Path> wheels, List<SourceFile> tables) {

  /**
   * Finds wheels and Parquet files at the given paths and in their subfolders. Does not read the
   * files.
   *
   * @throws DataSetException if a path does not exist, cannot be read, or contains neither a wheel
   *     nor a Parquet file
   */
  static SourceFiles in(List<Path> paths) throws IOException {
    Map<Path, Path> byRealPath = new LinkedHashMap<>();
    for (Path path : paths) {
      for (Path file : found(path)) {
        byRealPath.putIfAbsent(file.toRealPath(), file);
      }
    }
    List<Path> wheels = new ArrayList<>();
    List<SourceFile> tables = new ArrayList<>();
    for (Path file : byRealPath.values()) {
      if (Wheel.isWheel(file)) {
        wheels.add(file);
      } else {
        tables.add(SourceFile.of(file));
      }
    }
    return new SourceFiles(wheels, tables);
  }

  private static List<Path> found(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new DataSetException("The path " + path + " does not exist. Check its spelling.");
    }
    List<Path> found;
    // Keep the path of a symbolic link, because the link may have the name of the table.
    try (Stream<Path> files = Files.walk(path.toAbsolutePath(), FileVisitOption.FOLLOW_LINKS)) {
      found =
          files
              .filter(Files::isRegularFile)
              .filter(file -> Wheel.isWheel(file) || isParquet(file))
              .sorted()
              .toList();
    } catch (AccessDeniedException e) {
      throw unreadable(e.getFile(), e);
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof AccessDeniedException denied
          ? unreadable(denied.getFile(), denied)
          : e.getCause();
    }
    for (Path file : found) {
      if (!Files.isReadable(file)) {
        throw unreadable(file.toString(), null);
      }
    }
    if (found.isEmpty()) {
      throw new DataSetException(
          path
              + " contains no data. Specify a wheel of the Python package idc-index-data, a Parquet"
              + " file, or a folder that contains such files.");
    }
    return found;
  }

  private static boolean isParquet(Path file) {
    return file.toString().endsWith(Database.FILE_TYPE);
  }

  private static DataSetException unreadable(String file, IOException cause) {
    return new DataSetException(
        "You have no permission to read "
            + file
            + ". Change its permissions, or run idc4j as another user.",
        cause);
  }

  /**
   * Adds the path, length and modification time of each file to a digest. The digest changes if a
   * file is replaced.
   */
  void addTo(MessageDigest digest) throws IOException {
    List<Path> files =
        Stream.concat(wheels.stream(), tables.stream().map(SourceFile::path)).sorted().toList();
    for (Path file : files) {
      String line = file + "\n" + Files.size(file) + "\n" + Files.getLastModifiedTime(file) + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
  }
}
