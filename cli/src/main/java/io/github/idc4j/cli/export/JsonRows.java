package io.github.idc4j.cli.export;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes each row as a JSON object in one line. */
final class JsonRows implements RowWriter {

  private final Appendable target;
  private final List<String> columns;
  private final boolean array;
  private final StringWriter row = new StringWriter();

  /** Writes to {@code row}. All rows share it, because a generator for each row would be slow. */
  private final JsonGenerator json =
      JsonMapper.shared().writer().withRootValueSeparator("").createGenerator(row);

  private JsonRows(Appendable target, List<String> columns, boolean array) {
    this.target = target;
    this.columns = columns;
    this.array = array;
  }

  /** Returns a writer of a JSON array. */
  static JsonRows array(Appendable target, List<String> columns) {
    return new JsonRows(target, columns, true);
  }

  /** Returns a writer of newline-delimited JSON. */
  static JsonRows lines(Appendable target, List<String> columns) {
    return new JsonRows(target, columns, false);
  }

  @Override
  public void begin(List<String> comments) throws IOException {
    target.append(array ? "[" : "");
  }

  @Override
  public void write(long number, List<?> values) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < columns.size(); i++) {
      json.writeName(columns.get(i));
      write(values.get(i));
    }
    json.writeEndObject().flush();
    if (array) {
      target.append(number == 0 ? "\n" : ",\n").append(row.getBuffer());
    } else {
      target.append(row.getBuffer()).append('\n');
    }
    row.getBuffer().setLength(0);
  }

  private void write(Object value) {
    if (value instanceof String text) {
      json.writeString(text);
    } else {
      json.writePOJO(value);
    }
  }

  @Override
  public void end(long rows) throws IOException {
    if (array) {
      target.append(rows == 0 ? "]\n" : "\n]\n");
    }
  }
}
