package io.github.idc4j.conformance.rule;

import io.github.idc4j.conformance.Csv;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;

/** The catalogue of all rules. */
public final class Rules {

  private static final Map<String, Rule> ALL = read();

  private Rules() {}

  /** Returns all rules, in the order of the catalogue. */
  public static Collection<Rule> all() {
    return ALL.values();
  }

  /**
   * Returns the rule of that identifier.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Rule of(String id) {
    Rule rule = ALL.get(id);
    if (rule == null) {
      throw new IllegalArgumentException("No rule has the identifier " + id);
    }
    return rule;
  }

  /** Returns the areas of the rules: the part of an identifier before the dot. */
  public static Set<String> areas() {
    return ALL.keySet().stream()
        .map(id -> id.substring(0, id.indexOf('.')))
        .collect(Collectors.toSet());
  }

  private static Map<String, Rule> read() {
    Map<String, Rule> rules = new LinkedHashMap<>();
    for (CSVRecord row : Csv.rows(Rules.class.getResource("rules.csv"))) {
      Rule rule =
          new Rule(
              row.get("id"),
              Level.valueOf(row.get("level")),
              row.get("text"),
              row.get("source"),
              row.get("sends"),
              row.get("skipped"),
              row.get("look"),
              row.get("unchecked"));
      if (rules.put(rule.id(), rule) != null) {
        throw new IllegalStateException("Two rules have the identifier " + rule.id());
      }
    }
    return Collections.unmodifiableMap(rules);
  }
}
