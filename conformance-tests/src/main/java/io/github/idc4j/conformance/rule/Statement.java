package io.github.idc4j.conformance.rule;

import java.util.List;

/**
 * A statement of the contract or the user guide.
 *
 * @param id identifier that rules refer to, such as {@code MAN-05}
 * @param section section of the contract that contains the statement, or {@code User guide}
 * @param text the statement in one sentence
 */
public record Statement(String id, String section, String text) {

  /**
   * Returns all statements, in the order of the contract. The statements of the user guide come
   * last.
   */
  public static List<Statement> all() {
    return Csv.rows(Statement.class.getResource("statements.csv")).stream()
        .map(row -> new Statement(row.get("id"), row.get("section"), row.get("statement")))
        .toList();
  }
}
