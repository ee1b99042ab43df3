package io.github.idc4j.cli.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes rows as delimited text. The values of a list are separated by backslashes, as in DICOM.
 */
final class TextRows implements RowWriter {

  private final Appendable target;
  private final List<String> columns;
  private final CSVFormat format;

  private TextRows(Appendable target, List<String> columns, CSVFormat format) {
    this.target = target;
    this.columns = columns;
    this.format = format;
  }

  /** Returns a writer of CSV as defined in RFC 4180, with a header. */
  static TextRows csv(Appendable target, List<String> columns) {
    return new TextRows(target, columns, CSVFormat.RFC4180);
  }

  /** Returns a writer of values that are separated by tabs, with a header. */
  static TextRows tsv(Appendable target, List<String> columns) {
    return new TextRows(
        target,
        columns,
        CSVFormat.RFC4180.builder().setDelimiter('\t').setRecordSeparator('\n').get());
  }

  @Override
  public void begin(List<String> comments) throws IOException {
    format.printRecord(target, columns.toArray());
  }

  @Override
  public void write(long number, List<?> values) throws IOException {
    List<Object> texts = new ArrayList<>();
    values.forEach(value -> texts.add(text(value)));
    format.printRecord(target, texts.toArray());
  }

  @Override
  public void end(long rows) {}

  /** Returns a value as text. An object becomes JSON, as in the formats for JSON. */
  static Object text(Object value) {
    if (value instanceof Map<?, ?> object) {
      return JsonMapper.shared().writeValueAsString(object);
    }
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining("\\"))
        : value;
  }
}
