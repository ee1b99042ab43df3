package io.github.idc4j.cli.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The formats of an export. The extension of a file is the name of its format in lower case. */
public enum Format {
  CSV,
  TSV,
  NDJSON,
  JSON,
  TXT,
  /** Commands for the program s5cmd. */
  S5CMD,
  /** Columns that are aligned for people. A file cannot have this format. */
  TABLE,
  /** The rows are collected as JSON, because a Parquet file cannot be continued. */
  PARQUET;

  /**
   * Returns a writer of this format.
   *
   * @param width the number of characters in a line of the target; only for tables
   * @throws IllegalArgumentException if the format cannot contain these columns
   */
  RowWriter writer(Appendable target, List<String> columns, int width) {
    return switch (this) {
      case CSV -> TextRows.csv(target, columns);
      case TSV -> TextRows.tsv(target, columns);
      case NDJSON, PARQUET -> JsonRows.lines(target, columns);
      case JSON -> JsonRows.array(target, columns);
      case TXT -> new Lines(target, columns);
      case S5CMD -> new S5cmdRows(target, columns);
      case TABLE -> new TableRows(target, columns, width);
    };
  }

  /** Returns whether the format can be written to standard output. */
  public boolean isText() {
    return this != PARQUET;
  }

  /** Returns whether the format can be written to a file. */
  public boolean isForFiles() {
    return this != TABLE;
  }

  /**
   * Returns the complete file for the rows that a writer of this format wrote.
   *
   * @param columns the types of the columns, by name and in the order of the output
   * @throws IOException if the file cannot be written
   */
  Path complete(Path rows, Map<String, ValueType> columns) throws IOException {
    return isText() ? rows : Parquet.convert(rows, columns);
  }

  /**
   * Returns the format that the extension of a file names.
   *
   * @throws IllegalArgumentException if there is no such format
   */
  public static Format of(Path file) {
    String name = file.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
    Optional<Format> format =
        forFiles().filter(known -> known.name().equals(extension)).findFirst();
    return format.orElseThrow(
        () ->
            new IllegalArgumentException(
                "The extension of the file %s is not the name of a format. Use one of %s, or add --output."
                    .formatted(
                        file,
                        forFiles()
                            .map(known -> "." + known.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ")))));
  }

  private static Stream<Format> forFiles() {
    return Arrays.stream(values()).filter(Format::isForFiles);
  }
}
