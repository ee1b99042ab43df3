package io.github.idc4j.cli.export;

import io.github.idc4j.client.filter.Bounds;
import io.github.idc4j.client.filter.Filter;
import io.github.idc4j.client.filter.NumberAttribute;
import io.github.idc4j.client.filter.TextAttribute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * Translates conditions such as {@code Modality = CT,MR} into filters. Knows the filter attributes
 * of the specification. Immutable.
 *
 * <ul>
 *   <li>{@code NAME = VALUE[,VALUE...]}: any of the values. A value with a comma is in double
 *       quotes.
 *   <li>{@code NAME = @FILE}: any of the lines of the file; {@code @-} reads the standard input.
 *   <li>{@code NAME ~ PATTERN}: text, in which {@code %} stands for any characters.
 *   <li>{@code NAME < N}, {@code NAME <= N}, {@code NAME > N}, {@code NAME >= N}: numbers.
 *   <li>{@code NAME A..B}: numbers from A to B. {@code A..<B} excludes B, {@code A<..B} excludes A,
 *       and {@code A<..<B} excludes both.
 * </ul>
 */
public final class Conditions {

  private static final String NUMERIC = "Continuous Numeric";

  private static final Pattern COMPARISON =
      Pattern.compile("\\s*(?<name>\\w+)\\s*(?<operator><=|>=|<|>|==?|~)\\s*(?<value>\\S.*?)\\s*");

  private static final Pattern RANGE =
      Pattern.compile(
          "\\s*(?<name>\\w+)\\s+(?<low>\\S+?)\\s*(?<to><?\\.\\.<?)\\s*(?<high>\\S+)\\s*");

  private static final Map<String, Bounds> BOUNDS =
      Map.of(
          "..", Bounds.CLOSED,
          "..<", Bounds.CLOSED_OPEN,
          "<..", Bounds.OPEN_CLOSED,
          "<..<", Bounds.OPEN);

  private static final CSVFormat VALUES =
      CSVFormat.DEFAULT.builder().setIgnoreSurroundingSpaces(true).get();

  private final Map<String, String> dataTypes = AttributeTable.filterDataTypes();
  private final Names names = new Names("filter attribute", dataTypes.keySet());

  /** Returns the names of the attributes that conditions can begin with. */
  public static Set<String> attributes() {
    return AttributeTable.filterDataTypes().keySet();
  }

  /**
   * Returns the filter for a condition.
   *
   * @throws IllegalArgumentException if the condition is invalid, or if there is no such attribute
   * @throws UncheckedIOException if a file of values cannot be read
   */
  public Filter parse(String condition) {
    Matcher comparison = COMPARISON.matcher(condition);
    if (comparison.matches()) {
      String name = names.complete(comparison.group("name"));
      String operator = comparison.group("operator").replace("==", "=");
      String value = comparison.group("value");
      return isNumber(name)
          ? compare(new NumberAttribute(name), operator, value)
          : compare(new TextAttribute(name), operator, value);
    }
    Matcher range = RANGE.matcher(condition);
    if (range.matches()) {
      String name = names.complete(range.group("name"));
      requireNumeric(name);
      return between(
          new NumberAttribute(name),
          number(range.group("low")),
          number(range.group("high")),
          BOUNDS.get(range.group("to")));
    }
    throw new IllegalArgumentException(
        "The condition '"
            + condition
            + "' is not complete. Write NAME = VALUE[,VALUE...], NAME ~ PATTERN, NAME < N, NAME <="
            + " N, NAME > N, NAME >= N or NAME A..B.");
  }

  private boolean isNumber(String name) {
    return NUMERIC.equals(dataTypes.get(name));
  }

  private Filter compare(NumberAttribute attribute, String operator, String value) {
    if (operator.equals("~")) {
      throw new IllegalArgumentException(
          attribute.name()
              + " is a number. Patterns (~) are for text; write a range such as 1..5.");
    }
    BigDecimal number = number(value);
    return switch (operator) {
      case "<" -> attribute.lessThan(number);
      case "<=" -> attribute.atMost(number);
      case ">" -> attribute.greaterThan(number);
      case ">=" -> attribute.atLeast(number);
      // Unlike equalTo, this works with every service and every attribute.
      default -> attribute.between(number, number);
    };
  }

  private Filter compare(TextAttribute attribute, String operator, String value) {
    if (operator.equals("~")) {
      return attribute.like(value);
    }
    if (!operator.equals("=")) {
      requireNumeric(attribute.name());
    }
    List<String> values =
        value.startsWith("@") ? lines(Path.of(value.substring(1))) : values(value);
    if (values.size() == 1 && values.get(0).contains("%")) {
      throw new IllegalArgumentException(
          "%s = %s contains %%. For a pattern, write %s ~ %s."
              .formatted(attribute.name(), value, attribute.name(), value));
    }
    return attribute.anyOf(values.toArray(String[]::new));
  }

  private void requireNumeric(String name) {
    if (!isNumber(name)) {
      throw new IllegalArgumentException(
          "%s has text values (%s), which cannot be compared with <, > or a range. Write %s ="
                  .formatted(name, dataTypes.get(name), name)
              + " VALUE or "
              + name
              + " ~ PATTERN.");
    }
  }

  private static Filter between(
      NumberAttribute attribute, BigDecimal low, BigDecimal high, Bounds bounds) {
    if (low.compareTo(high) > 0) {
      throw new IllegalArgumentException(
          "%s: the lower bound %s is greater than the upper bound %s. Swap the bounds."
              .formatted(attribute.name(), low, high));
    }
    return attribute.between(low, high, bounds);
  }

  private static BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          text + " is not a number. Write one number such as 5 or 0.75, or a range as NAME 1..5.",
          e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      InputFile input = InputFile.read(file);
      List<String> values = input.text().lines().filter(line -> !line.isBlank()).toList();
      if (values.isEmpty()) {
        throw new IllegalArgumentException(
            input.name() + " contains no values. Write each value in a line of its own.");
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> values(String text) {
    try (CSVParser parser = CSVParser.parse(text, VALUES)) {
      return parser.getRecords().get(0).toList();
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "The values "
              + text
              + " have an open double quote. Put a value with a comma in double quotes, and double"
              + " a quote in such a value.",
          e);
    }
  }
}
