package io.github.idc4j.oracle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the responses to random filters with the oracle. With {@code -Didc4j.data=PATH}, also
 * uses a data set of IDC: a wheel, or a folder with the Parquet files.
 */
class RandomFiltersTest {

  private static final int COUNT = 50;
  private static final String DATA = "idc4j.data";

  @TempDir Path folder;

  private void verifySample(String what, boolean quirks)
      throws IOException, InterruptedException, SQLException {
    try (ReferenceService service =
        ReferenceService.builder()
            .dataFolder(folder)
            .sampleSize(SampleSize.small())
            .quirks(quirks)
            .start()) {
      RandomFilters.verify(what, service.baseUrl(), Oracle.read(sample(), quirks), COUNT);
    }
  }

  private Path sample() throws IOException {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(path -> path.getFileName().toString().startsWith("sample-"))
          .findAny()
          .orElseThrow();
    }
  }

  @Test
  void ofTheSampleSelectWhatTheOracleSelects()
      throws IOException, InterruptedException, SQLException {
    verifySample("sample", false);
  }

  @Test
  void withQuirksSelectWhatTheyDidInTheDeployedService()
      throws IOException, InterruptedException, SQLException {
    verifySample("sample with quirks", true);
  }

  @Test
  void ofRealDataSelectWhatTheOracleSelects()
      throws IOException, InterruptedException, SQLException {
    String data = System.getProperty(DATA);
    assumeTrue(data != null, "needs -D" + DATA + "=PATH, the path of a wheel or of a folder");
    Path path = Path.of(data);
    Oracle oracle = Oracle.read(Files.isDirectory(path) ? path : extracted(path), false);
    try (ReferenceService service =
        ReferenceService.builder().dataFolder(folder).data(path).start()) {
      RandomFilters.verify(data, service.baseUrl(), oracle, COUNT);
    }
  }

  private Path extracted(Path wheel) throws IOException {
    Path tables = Files.createDirectory(folder.resolve("tables"));
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      List<? extends ZipEntry> entries =
          zip.stream().filter(entry -> entry.getName().endsWith(".parquet")).toList();
      for (ZipEntry entry : entries) {
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, tables.resolve(Path.of(entry.getName()).getFileName()));
        }
      }
    }
    return tables;
  }
}
