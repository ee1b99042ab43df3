package io.github.idc4j.service.data;

import java.nio.file.Path;

/**
 * A Parquet file.
 *
 * @param path where the file is now
 * @param displayName how messages refer to the file; for a file that was extracted from a wheel, it
 *     names the wheel
 */
record SourceFile(Path path, String displayName) {

  static SourceFile of(Path path) {
    return new SourceFile(path, path.toString());
  }
}
