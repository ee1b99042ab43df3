package io.github.idc4j.service.data;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Properties;

/** The settings of DuckDB, which limit the memory and the processors that it uses. */
public final class DuckDbSettings {

  private static final int MAX_THREADS = 4;
  private static final long MIN_MEMORY_MB = 512;
  private static final long MAX_MEMORY_MB = 2048;

  private DuckDbSettings() {}

  /**
   * Returns the settings of DuckDB. The memory limit is a quarter of the computer's memory, but at
   * least {@link #MIN_MEMORY_MB} and at most {@link #MAX_MEMORY_MB}.
   *
   * @param temporary the folder for temporary files
   */
  public static Properties of(Path temporary) {
    Properties properties = new Properties();
    properties.setProperty("memory_limit", memoryMegabytes() + "MB");
    properties.setProperty(
        "threads",
        Integer.toString(Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors())));
    properties.setProperty("temp_directory", temporary.toString());
    properties.setProperty("autoinstall_known_extensions", "false");
    return properties;
  }

  private static long memoryMegabytes() {
    long total =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getTotalMemorySize() >> 20
            : 0;
    return Math.max(MIN_MEMORY_MB, Math.min(MAX_MEMORY_MB, total / 4));
  }
}
