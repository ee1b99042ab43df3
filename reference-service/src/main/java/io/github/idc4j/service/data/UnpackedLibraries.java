package io.github.idc4j.service.data;

import com.github.luben.zstd.util.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native libraries that DuckDB and Zstandard unpack into the temporary folder of Java. They are
 * deleted when the process ends, but not when the process is killed.
 */
final class UnpackedLibraries {

  private static final Logger LOG = LoggerFactory.getLogger(UnpackedLibraries.class);

  private static final Pattern NAME = Pattern.compile("^lib(duckdb_java|zstd-jni)");

  private static final Path MAPPED = Path.of("/proc/self/maps");

  private UnpackedLibraries() {}

  /**
   * Loads Zstandard, because the disk may be full later, and deletes the files. This process must
   * have loaded DuckDB. Linux keeps the content until the process ends. Other systems cannot delete
   * a library that is in use.
   */
  static void loadAndDelete() {
    Native.load();
    if (!Files.isReadable(MAPPED)) {
      return;
    }
    try {
      for (Path file : mapped()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.debug("The unpacked libraries cannot be deleted", e);
    }
  }

  private static List<Path> mapped() throws IOException {
    String folder = System.getProperty("java.io.tmpdir");
    try (Stream<String> lines = Files.lines(MAPPED)) {
      return lines
          .filter(line -> line.endsWith(".so"))
          .map(line -> Path.of(line.substring(line.indexOf('/'))))
          .filter(
              file -> file.startsWith(folder) && NAME.matcher(file.getFileName().toString()).find())
          .distinct()
          .toList();
    }
  }
}
