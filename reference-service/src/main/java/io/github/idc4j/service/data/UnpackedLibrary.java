package io.github.idc4j.service.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native library that DuckDB unpacks into the temporary folder of Java. DuckDB deletes it when
 * the process ends, but not when the process is killed.
 */
final class UnpackedLibrary {

  private static final Logger LOG = LoggerFactory.getLogger(UnpackedLibrary.class);

  private static final Path MAPPED = Path.of("/proc/self/maps");

  private UnpackedLibrary() {}

  /**
   * Deletes the file after this process has loaded it. Linux keeps the content until the process
   * ends. Other systems cannot delete a library that is in use.
   */
  static void delete() {
    if (!Files.isReadable(MAPPED)) {
      return;
    }
    try {
      for (Path file : mapped()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.debug("The unpacked library cannot be deleted", e);
    }
  }

  private static List<Path> mapped() throws IOException {
    String name =
        Path.of(System.getProperty("java.io.tmpdir")).resolve("libduckdb_java").toString();
    try (Stream<String> lines = Files.lines(MAPPED)) {
      return lines
          .filter(line -> line.contains(name) && line.endsWith(".so"))
          .map(line -> Path.of(line.substring(line.indexOf('/'))))
          .distinct()
          .toList();
    }
  }
}
