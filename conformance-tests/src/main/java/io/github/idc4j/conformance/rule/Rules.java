package io.github.idc4j.conformance.rule;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
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

  private static Map<String, Rule> read() {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    Map<String, Rule> rules = new LinkedHashMap<>();
    try (Reader reader =
        new InputStreamReader(
            Rules.class.getResourceAsStream("rules.csv"), StandardCharsets.UTF_8)) {
      for (CSVRecord row : format.parse(reader)) {
        Rule rule =
            new Rule(
                row.get("id"), Level.valueOf(row.get("level")), row.get("text"), row.get("source"));
        if (rules.put(rule.id(), rule) != null) {
          throw new IllegalStateException("Two rules have the identifier " + rule.id());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Collections.unmodifiableMap(rules);
  }
}
