package io.github.idc4j.client.internal.json;

import java.util.ArrayList;
import java.util.List;

/** Scans a row without comparing it with a previous row. */
final class RowScan {

  private final Columns columns;
  private final Scanner scanner;
  private final int from;
  private final List<Row.Member> members = new ArrayList<>();

  /**
   * Prepares the scan of a row.
   *
   * @param from the index after the opening <code>{</code> of the row
   */
  RowScan(Columns columns, Scanner scanner, int from) {
    this.columns = columns;
    this.scanner = scanner;
    this.from = from;
  }

  /** Returns the members that the scan found. */
  List<Row.Member> members() {
    return members;
  }

  /**
   * Scans all members of the row.
   *
   * @return the index after the row; or {@link Scanner#MORE} or {@link Scanner#UNKNOWN}
   */
  int scan() {
    int next = from;
    do {
      next = scanMember(next);
    } while (next >= 0 && scanner.at(next++) == ',');
    return next;
  }

  /** Scans a name and its value. Returns the index of the comma or brace after the value. */
  private int scanMember(int start) {
    int quote = scanner.skipWhitespace(start);
    if (quote < 0 || scanner.at(quote) != '"') {
      return quote < 0 ? quote : Scanner.UNKNOWN;
    }
    int colon = scanner.skipWhitespace(scanner.string(quote));
    if (colon < 0 || scanner.at(colon) != ':') {
      return colon < 0 ? colon : Scanner.UNKNOWN;
    }
    String name = String.valueOf(scanner.value());
    int index = columns.index(name, members.size());
    if (index < 0 || isMember(name)) {
      return Scanner.UNKNOWN;
    }
    int value = scanner.skipWhitespace(colon + 1);
    int end = value < 0 ? value : scanner.decode(value, columns.isList(index));
    int next = scanner.skipWhitespace(end);
    if (next < 0 || (scanner.at(next) != ',' && scanner.at(next) != '}')) {
      return next < 0 ? next : Scanner.UNKNOWN;
    }
    members.add(new Row.Member(name, index, value - from, end - from, scanner.value()));
    return next;
  }

  private boolean isMember(String name) {
    for (Row.Member member : members) {
      if (member.name().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
