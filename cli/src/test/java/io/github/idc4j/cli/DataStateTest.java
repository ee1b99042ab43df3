package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that other data has another state. */
class DataStateTest {

  @Test
  void changesWithAFileInAFolder(@TempDir Path folder) throws IOException, UserException {
    Files.writeString(folder.resolve("a.parquet"), "1");
    String before = DataState.of(folder);

    assertThat(DataState.of(folder)).isEqualTo(before).matches(" \\(state [0-9a-f]{8}\\)");
    assertThat(DataState.of()).isEmpty();
    Files.writeString(folder.resolve("a.parquet"), "12");
    assertThat(DataState.of(folder)).isNotEqualTo(before);
  }
}
