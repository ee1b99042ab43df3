package io.github.idc4j.cli.export;

import java.io.IOException;
import java.util.List;

/** Writes the values of one column, one per line, without a header. */
final class Lines implements RowWriter {

  private final Appendable target;

  /**
   * Creates a writer.
   *
   * @throws IllegalArgumentException if there is not exactly one column
   */
  Lines(Appendable target, List<String> columns) {
    if (columns.size() != 1) {
      throw new IllegalArgumentException(
          "The format txt has one column, but the result has "
              + String.join(", ", columns)
              + ". Choose one column, or another format.");
    }
    this.target = target;
  }

  @Override
  public void begin(List<String> comments) {}

  @Override
  public void write(long number, List<?> values) throws IOException {
    Object value = TextRows.text(values.get(0));
    target.append(value == null ? "" : value.toString()).append('\n');
  }

  @Override
  public void end(long rows) {}
}
