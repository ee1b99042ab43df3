package io.github.idc4j.cli.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Writes rows with aligned columns, for people. The first rows determine the widths of the columns.
 * Values that do not fit are cut.
 */
final class TableRows implements RowWriter {

  /** The number of rows that determine the widths. */
  static final int MEASURED = 1000;

  private static final String GAP = "  ";
  private static final String CUT = "…";

  /** Columns do not get narrower than this, even if the lines become too long. */
  private static final int LEAST_WIDTH = 8;

  /** Line breaks would break the table, and control characters could change the terminal. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\s]+");

  private final Appendable target;
  private final List<String> columns;
  private final int width;
  private final List<List<?>> first = new ArrayList<>();
  private final List<Cell> cells = new ArrayList<>();

  /** How the values of a column are printed. */
  private record Cell(int width, boolean right) {

    String of(String text) {
      int length = length(text);
      if (length > width) {
        return text.substring(0, text.offsetByCodePoints(0, width - 1)) + CUT;
      }
      String padding = " ".repeat(width - length);
      return right ? padding + text : text + padding;
    }
  }

  /**
   * Creates a writer.
   *
   * @param width the number of characters in a line of the target
   */
  TableRows(Appendable target, List<String> columns, int width) {
    this.target = target;
    this.columns = columns;
    this.width = width;
  }

  @Override
  public void begin(List<String> comments) {}

  @Override
  public void write(long number, List<?> values) throws IOException {
    if (!cells.isEmpty()) {
      line(values);
      return;
    }
    first.add(values);
    if (first.size() == MEASURED) {
      writeFirst();
    }
  }

  @Override
  public void end(long rows) throws IOException {
    if (cells.isEmpty()) {
      writeFirst();
    }
  }

  private void writeFirst() throws IOException {
    int[] widths = columns.stream().mapToInt(TableRows::length).toArray();
    for (List<?> values : first) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(text(values.get(i))));
      }
    }
    fit(widths);
    for (int i = 0; i < widths.length; i++) {
      cells.add(new Cell(widths[i], isNumber(i)));
    }
    line(columns);
    for (List<?> values : first) {
      line(values);
    }
    first.clear();
  }

  private boolean isNumber(int column) {
    return !first.isEmpty()
        && first.stream()
            .map(values -> values.get(column))
            .filter(Objects::nonNull)
            .allMatch(Number.class::isInstance);
  }

  /**
   * Narrows columns until a line fits. Prefers columns other than the first, which identifies the
   * row, and other than numbers, which are useless if they are cut.
   */
  private void fit(int[] widths) {
    narrow(widths, column -> column > 0 && !isNumber(column));
    narrow(widths, column -> true);
  }

  /** Narrows the widest of some columns until a line fits, or until all of them are narrow. */
  private void narrow(int[] widths, IntPredicate condition) {
    int[] candidates = IntStream.range(0, widths.length).filter(condition).toArray();
    long total = IntStream.of(widths).asLongStream().sum() + (widths.length - 1L) * GAP.length();
    for (; total > width; total--) {
      OptionalInt widest =
          IntStream.of(candidates)
              .filter(column -> widths[column] > LEAST_WIDTH)
              .reduce((a, b) -> widths[b] > widths[a] ? b : a);
      if (widest.isEmpty()) {
        return;
      }
      widths[widest.getAsInt()]--;
    }
  }

  private void line(List<?> values) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      line.append(i == 0 ? "" : GAP).append(cells.get(i).of(text(values.get(i))));
    }
    target.append(line.toString().stripTrailing()).append('\n');
  }

  /** Returns a value as text in one line; empty if it is null. */
  static String text(Object value) {
    Object text = value instanceof List<?> list ? join(list) : TextRows.text(value);
    return text == null ? "" : UNPRINTABLE.matcher(text.toString()).replaceAll(" ").strip();
  }

  private static String join(List<?> list) {
    return String.join(", ", list.stream().map(String::valueOf).toList());
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
