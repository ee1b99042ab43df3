package io.github.idc4j.cli;

import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.ReferenceServiceBuilder;
import java.nio.file.Path;

/**
 * The data of the tests that run documented programs. Normally these are the synthetic data. With
 * {@code -Didc4j.data=PATH}, they are the data of a wheel or a folder.
 */
final class TestData {

  private static final String PATH = "idc4j.data";

  private TestData() {}

  static boolean isGiven() {
    return System.getProperty(PATH) != null;
  }

  static ReferenceServiceBuilder builder() {
    ReferenceServiceBuilder builder = ReferenceService.builder();
    return isGiven() ? builder.data(path()) : builder;
  }

  /** Returns the path of the given data. */
  static Path path() {
    return Path.of(System.getProperty(PATH));
  }
}
