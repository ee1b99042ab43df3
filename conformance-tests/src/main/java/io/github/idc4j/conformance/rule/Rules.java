package io.github.idc4j.conformance.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The catalogue of all rules. */
public final class Rules {

  private static final Map<String, Rule> ALL = read();

  private Rules() {}

  /** Returns all rules, in the order of the catalogue. */
  public static Collection<Rule> all() {
    return ALL.values();
  }

  /**
   * Returns the rule that has an identifier.
   *
   * @throws IllegalArgumentException if no rule has the identifier
   */
  public static Rule of(String id) {
    Rule rule = ALL.get(id);
    if (rule == null) {
      throw new IllegalArgumentException("No rule has the identifier " + id);
    }
    return rule;
  }

  private static Map<String, Rule> read() {
    Map<String, Rule> rules = new LinkedHashMap<>();
    try (InputStream catalogue = Rules.class.getResourceAsStream("rules.yaml")) {
      for (Rule rule :
          YAMLMapper.shared().readValue(catalogue, new TypeReference<List<Rule>>() {})) {
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
