package io.github.idc4j.oracle;

import io.github.idc4j.service.data.Attribute;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The rules of the contract for the values of filters. */
final class Rules {

  static final List<String> ONE_BOUND = List.of("_lt", "_lte", "_gt", "_gte");
  static final List<String> TWO_BOUNDS = List.of("_btw", "_ebtw", "_btwe", "_ebtwe");

  private static final String NULL = "None";

  private Rules() {}

  /**
   * Returns the rule that decides whether a filter accepts a value of the column {@link #compared}
   * of its attribute.
   *
   * @param suffix the range suffix of the filter; empty for a filter without a range
   * @param patterns whether a single text with a percent sign is a pattern
   */
  static Predicate<Object> rule(
      Attribute attribute, String suffix, List<Object> values, boolean patterns) {
    if (attribute.kind() == Attribute.Kind.NUMBER) {
      double first = ((Number) values.get(0)).doubleValue();
      double last = ((Number) values.get(values.size() - 1)).doubleValue();
      return value -> value instanceof Double number && isInRange(number, suffix, first, last);
    }
    List<String> texts =
        values.stream()
            .map(Object::toString)
            .map(text -> attribute.name().equals("collection_id") ? collection(text) : text)
            .toList();
    Predicate<String> ofText = textRule(texts, patterns);
    return value -> value == null ? texts.contains(NULL) : ofText.test((String) value);
  }

  /**
   * Returns whether every query of the deployed service with a filter failed. It took the operator
   * of a number without a range from the name of the attribute, and compared dates with texts.
   */
  static boolean failedWhenDeployed(Attribute attribute, String suffix) {
    return attribute.kind() == Attribute.Kind.NUMBER
        ? suffix.isEmpty() && (attribute.name().contains("_l") || attribute.name().contains("_g"))
        : attribute.name().equals("StudyDate");
  }

  private static boolean isInRange(double value, String suffix, double first, double last) {
    return switch (suffix) {
      case "" -> value == first;
      case "_lt" -> value < first;
      case "_lte" -> value <= first;
      case "_gt" -> value > first;
      case "_gte" -> value >= first;
      case "_btw" -> first < value && value < last;
      case "_ebtw" -> first <= value && value < last;
      case "_btwe" -> first < value && value <= last;
      case "_ebtwe" -> first <= value && value <= last;
      default -> throw new IllegalArgumentException(suffix);
    };
  }

  private static String collection(String id) {
    return id.equals(NULL) ? id : id.replace('-', '_');
  }

  private static Predicate<String> textRule(List<String> texts, boolean patterns) {
    if (patterns && texts.size() == 1 && texts.get(0).contains("%")) {
      String pattern = folded(texts.get(0));
      return value -> isLike(value, pattern);
    }
    return texts.stream()
            .filter(text -> !text.equals(NULL))
            .map(Rules::folded)
            .collect(Collectors.toSet())
        ::contains;
  }

  /** Returns a text with each of its characters in lower case. */
  private static String folded(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /**
   * Returns the column whose values the rule of an attribute tests. Texts are compared without
   * regard to case, so all of them are in lower case.
   */
  static Column compared(Column column) {
    return column.map(value -> value instanceof String text ? folded(text) : value);
  }

  /**
   * Returns whether a text matches an SQL pattern, in which a percent sign stands for any text and
   * an underscore stands for one character.
   */
  private static boolean isLike(String text, String pattern) {
    int at = 0;
    int in = 0;
    int retryAt = 0;
    int retryIn = -1;
    while (at < text.length()) {
      char expected = in < pattern.length() ? pattern.charAt(in) : 0;
      if (expected == '%') {
        retryAt = at;
        retryIn = in + 1;
        in++;
      } else if (expected == '_') {
        at = text.offsetByCodePoints(at, 1);
        in++;
      } else if (expected == text.charAt(at) && in < pattern.length()) {
        at++;
        in++;
      } else if (retryIn >= 0) {
        // Let the latest percent sign stand for one more character.
        retryAt = text.offsetByCodePoints(retryAt, 1);
        at = retryAt;
        in = retryIn;
      } else {
        return false;
      }
    }
    return pattern.substring(in).chars().allMatch(character -> character == '%');
  }
}
