package io.github.idc4j.cli.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A list of the API, whose rows are all in memory. Immutable. */
public final class Table<T> {

  private final List<Column<T>> columns;
  private final List<T> rows;

  Table(List<Column<T>> columns, List<T> rows) {
    this.columns = List.copyOf(columns);
    this.rows = List.copyOf(rows);
  }

  /** Returns the number of rows. */
  public int size() {
    return rows.size();
  }

  /**
   * Returns a table with some of the columns.
   *
   * @param names the columns, which may be incomplete
   * @throws IllegalArgumentException if a column does not exist
   */
  public Table<T> select(List<String> names) {
    return new Table<>(names.stream().map(this::column).distinct().toList(), rows);
  }

  /** Returns a table with the columns that matter most. */
  public Table<T> summary() {
    return new Table<>(columns.stream().filter(Column::summary).toList(), rows);
  }

  /**
   * Returns a table whose rows are sorted by a column. Numbers are sorted as numbers, also if they
   * are text, and texts regardless of case. Rows without a value are last in either order.
   *
   * @param name the column, which may be incomplete
   * @param descending whether the largest value is first
   * @throws IllegalArgumentException if the column does not exist
   */
  public Table<T> sort(String name, boolean descending) {
    Column<T> column = column(name);
    return hasNumbers(column)
        ? sort(
            row -> number(column.value().apply(row)),
            Comparator.<BigDecimal>naturalOrder(),
            descending)
        : sort(row -> text(column, row), String.CASE_INSENSITIVE_ORDER, descending);
  }

  private <V> Table<T> sort(Function<T, V> value, Comparator<V> order, boolean descending) {
    List<T> sorted = new ArrayList<>(rows);
    sorted.sort(
        Comparator.comparing(value, Comparator.nullsLast(descending ? order.reversed() : order)));
    return new Table<>(columns, sorted);
  }

  private boolean hasNumbers(Column<T> column) {
    try {
      rows.forEach(row -> number(column.value().apply(row)));
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static BigDecimal number(Object value) {
    return value == null ? null : new BigDecimal(value.toString());
  }

  private String text(Column<T> column, T row) {
    Object value = column.value().apply(row);
    return value == null ? null : TextRows.text(value).toString();
  }

  /** Returns a table with at most this many rows. */
  public Table<T> limit(long limit) {
    return new Table<>(columns, rows.stream().limit(limit).toList());
  }

  private Column<T> column(String name) {
    String complete = new Names("field", names()).complete(name);
    return columns.stream()
        .filter(column -> column.name().equals(complete))
        .findFirst()
        .orElseThrow();
  }

  private List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /**
   * Writes all rows.
   *
   * @param width the number of characters in a line of the target; only for tables
   * @throws IllegalArgumentException if the format cannot contain the columns
   * @throws IOException if the target was closed
   */
  public void write(Format format, PrintWriter target, int width) throws IOException {
    write(format.writer(target, names(), width));
    if (target.checkError()) {
      throw new IOException("the output was closed");
    }
  }

  /** Writes the first row for people: one line for each column, with its name. */
  public void writeDetails(PrintWriter target) {
    int width = names().stream().mapToInt(String::length).max().orElse(0) + 2;
    for (Column<T> column : columns) {
      String text = TableRows.text(column.value().apply(rows.get(0)));
      target.printf("%-" + width + "s%s%n", column.name() + ":", text.isEmpty() ? "-" : text);
    }
  }

  /**
   * Writes a file, which appears when it is complete. An existing file is replaced.
   *
   * @throws IllegalArgumentException if the format cannot contain the columns, or if another
   *     command is writing to the file
   * @throws IOException if the file cannot be written
   */
  public void write(Format format, Path file) throws IOException {
    OutputLock lock = OutputLock.acquire(file);
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try (lock) {
      try (BufferedWriter target = Files.newBufferedWriter(unfinished)) {
        write(format.writer(target, names(), Integer.MAX_VALUE));
      }
      Files.move(
          format.complete(unfinished, types()),
          file,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void write(RowWriter writer) throws IOException {
    writer.begin(List.of());
    for (int i = 0; i < rows.size(); i++) {
      T row = rows.get(i);
      List<Object> values = new ArrayList<>();
      columns.forEach(column -> values.add(column.value().apply(row)));
      writer.write(i, values);
    }
    writer.end(rows.size());
  }

  private Map<String, ValueType> types() {
    Map<String, ValueType> types = new LinkedHashMap<>();
    columns.forEach(column -> types.put(column.name(), column.type()));
    return types;
  }
}
