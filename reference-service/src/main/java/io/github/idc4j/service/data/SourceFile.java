package io.github.idc4j.service.data;

import java.nio.file.Path;

/**
 * A Parquet file.
 *
 * @param path the path of the file; for a table in a wheel, the path of the extracted file
 * @param displayName the name of the file in messages; for a table in a wheel, the name includes
 *     the path of the wheel
 * @param origin the wheel that contains the file; the path of the file itself if no wheel does
 */
record SourceFile(Path path, String displayName, Path origin) {

  static SourceFile of(Path path) {
    return new SourceFile(path, path.toString(), path);
  }
}
