package io.github.idc4j.cli.export;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Writes each row as a JSON object in one line. */
final class JsonRows implements RowWriter {

  private static final ObjectWriter JSON = JsonMapper.shared().writer();

  private final Appendable target;
  private final List<String> columns;
  private final boolean array;

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
  public void begin() throws IOException {
    target.append(array ? "[" : "");
  }

  @Override
  public void write(long number, List<?> values) throws IOException {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i), values.get(i));
    }
    String json = JSON.writeValueAsString(row);
    if (array) {
      target.append(number == 0 ? "\n" : ",\n").append(json);
    } else {
      target.append(json).append('\n');
    }
  }

  @Override
  public void end(long rows) throws IOException {
    if (array) {
      target.append(rows == 0 ? "]\n" : "\n]\n");
    }
  }
}
