package io.github.idc4j.openapi.bundler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipTest {

  private static final Map<String, String> TEXTS = Map.of("a/b.txt", "text");

  @TempDir Path folder;

  @Test
  void theTimeZoneChangesNothing() throws IOException {
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
      Zip.write(folder.resolve("utc.zip"), TEXTS);
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
      Zip.write(folder.resolve("tokyo.zip"), TEXTS);
    } finally {
      TimeZone.setDefault(before);
    }

    assertThat(folder.resolve("tokyo.zip")).hasSameBinaryContentAs(folder.resolve("utc.zip"));
  }
}
