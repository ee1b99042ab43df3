package io.github.idc4j.bigquery;

import io.github.idc4j.oracle.Oracle;
import io.github.idc4j.oracle.RandomFilters;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Compares the responses of a service whose queries run in BigQuery's emulator with the oracle. */
class RandomFiltersTest {

  private static final int COUNT = 100;

  @Test
  void selectWhatTheOracleSelects() throws IOException, InterruptedException, SQLException {
    Emulator emulator = Emulator.shared();
    try (ReferenceService service =
        ReferenceService.builder()
            .dataFolder(emulator.home())
            .sampleSize(Emulator.SAMPLE)
            .bigQuery(emulator.settings())
            .start()) {
      Oracle oracle = Oracle.read(emulator.sampleFolder(), false);
      RandomFilters.verify("BigQuery's emulator", service.baseUrl(), oracle, COUNT);
    }
  }
}
