package io.github.idc4j.service.query;

import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.engine.Dialect;
import io.github.idc4j.service.engine.Sql;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The filters of a cohort. This class validates them and compiles them to SQL. */
public final class Filters {

  private static final String COLLECTION = "collection_id";
  private static final String PATIENT = "PatientID";
  static final String NULL = "None";

  private final Catalogue catalogue;
  private final Map<String, List<Object>> values;

  /**
   * An attribute and how to compare its values: with a range, or for equality if {@code range} is
   * empty.
   */
  record Form(Attribute attribute, Optional<Range> range) {

    /** Returns whether a number must equal the value. */
    boolean isEquality() {
      return attribute.kind() == Attribute.Kind.NUMBER && range.isEmpty();
    }
  }

  private Filters(Catalogue catalogue, Map<String, List<Object>> values) {
    this.catalogue = catalogue;
    this.values = values;
  }

  /**
   * Reads the {@code filters} of a request.
   *
   * @throws InvalidFiltersException if a name is not a filter of the contract, or if a filter has
   *     values of a wrong type or a wrong number of values
   */
  public static Filters read(Catalogue catalogue, JsonNode node) throws InvalidFiltersException {
    if (!node.isObject()) {
      throw new InvalidFiltersException(shown(node) + " is not of type 'object'");
    }
    List<String> unknown =
        node.propertyNames().stream().filter(name -> form(catalogue, name).isEmpty()).toList();
    if (!unknown.isEmpty()) {
      throw new InvalidFiltersException(
          unknown.stream()
              .map(name -> "'" + name + "'")
              .collect(
                  Collectors.joining(
                      ", ",
                      "Additional properties are not allowed (",
                      unknown.size() == 1 ? " was unexpected)" : " were unexpected)")));
    }
    Map<String, List<Object>> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      values.put(
          entry.getKey(), values(form(catalogue, entry.getKey()).orElseThrow(), entry.getValue()));
    }
    return new Filters(catalogue, values);
  }

  /** Returns an instance without filters, which selects every row. */
  public static Filters none(Catalogue catalogue) {
    return new Filters(catalogue, Map.of());
  }

  private static List<Object> values(Form form, JsonNode node) throws InvalidFiltersException {
    if (!node.isArray()) {
      throw new InvalidFiltersException(shown(node) + " is not of type 'array'");
    }
    int least = form.range().map(Range::operands).orElse(1);
    if (node.size() < least) {
      throw new InvalidFiltersException(shown(node) + " is too short");
    }
    boolean number = form.attribute().kind() == Attribute.Kind.NUMBER;
    if (number && node.size() > least) {
      throw new InvalidFiltersException(shown(node) + " is too long");
    }
    List<Object> values = new ArrayList<>();
    for (JsonNode value : node) {
      if (number ? !value.isNumber() : !value.isString()) {
        throw new InvalidFiltersException(
            shown(value) + " is not of type '" + (number ? "number" : "string") + "'");
      }
      if (number && !Double.isFinite(value.numberValue().doubleValue())) {
        throw new InvalidFiltersException(value.numberValue() + " is too large a number");
      }
      values.add(value.isString() ? value.asString() : value.numberValue());
    }
    return values;
  }

  /**
   * Returns the suffixes of the range filters of a numeric attribute, in the order of {@code GET
   * /attributes}.
   */
  public static List<String> rangeSuffixes() {
    return Arrays.stream(Range.values()).map(Range::suffix).toList();
  }

  private static Optional<Form> form(Catalogue catalogue, String name) {
    Optional<Attribute> attribute = catalogue.attribute(name).filter(Attribute::filter);
    if (attribute.isPresent()) {
      return Optional.of(new Form(attribute.get(), Optional.empty()));
    }
    for (Range range : Range.values()) {
      if (name.endsWith(range.suffix())) {
        Optional<Form> form =
            catalogue
                .attribute(name.substring(0, name.length() - range.suffix().length()))
                .filter(Attribute::filter)
                .filter(numeric -> numeric.kind() == Attribute.Kind.NUMBER)
                .map(numeric -> new Form(numeric, Optional.of(range)));
        if (form.isPresent()) {
          return form;
        }
      }
    }
    return Optional.empty();
  }

  /** Formats a value as in the error messages of the deployed service. */
  private static String shown(JsonNode node) {
    if (node.isString()) {
      return "'" + node.asString() + "'";
    }
    if (node.isArray()) {
      List<String> items = new ArrayList<>();
      node.forEach(item -> items.add(shown(item)));
      return "[" + String.join(", ", items) + "]";
    }
    if (node.isNull()) {
      return NULL;
    }
    if (node.isBoolean()) {
      return node.asBoolean() ? "True" : "False";
    }
    return node.toString();
  }

  /** Returns how the filter with the given name compares values. */
  Form form(String name) {
    return form(catalogue, name).orElseThrow();
  }

  /** Returns the filters as the request contained them, in its order. */
  Map<String, List<Object>> values() {
    return values;
  }

  /** Returns other filters on the same attributes. */
  Filters with(Map<String, List<Object>> newValues) {
    return new Filters(catalogue, newValues);
  }

  /** Returns the filters without those on an attribute. */
  Filters without(Attribute attribute) {
    Map<String, List<Object>> others = new LinkedHashMap<>(values);
    others.keySet().removeIf(name -> form(name).attribute().equals(attribute));
    return with(others);
  }

  /** Returns whether there are no filters. Without filters, a cohort contains all images. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /**
   * Returns the attributes whose columns the filters need: the attribute of each filter, by the
   * name of the filter, and {@code PatientID} if a filter is on another table than that of images.
   */
  public Map<String, Attribute> attributes() {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    values.keySet().forEach(name -> attributes.put(name, form(name).attribute()));
    if (attributes.values().stream()
        .anyMatch(attribute -> !attribute.table().equals(Catalogue.PIVOT))) {
      attributes.put(PATIENT, catalogue.attribute(PATIENT).orElseThrow());
    }
    return attributes;
  }

  /**
   * Returns the filters in the form in which the first page of a preview contains them: collection
   * IDs are in lower case, with underscores instead of hyphens.
   */
  public Map<String, List<Object>> echoed() {
    Map<String, List<Object>> echoed = new TreeMap<>(values);
    echoed.computeIfPresent(
        COLLECTION, (name, ids) -> ids.stream().map(Filters::collection).toList());
    return echoed;
  }

  /** Returns the filters as the request contained them, sorted by name. */
  public Map<String, List<Object>> asGiven() {
    return new TreeMap<>(values);
  }

  private static Object collection(Object id) {
    return id.toString().toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** Compiles the filters to a condition on the table of images. */
  Sql where(Dialect dialect, FilterRules rules) {
    List<Object> parameters = new ArrayList<>();
    List<String> conditions = new ArrayList<>();
    Map<String, List<Map.Entry<String, List<Object>>>> byTable = new LinkedHashMap<>();
    echoed()
        .entrySet()
        .forEach(
            entry ->
                byTable
                    .computeIfAbsent(
                        form(entry.getKey()).attribute().table(), table -> new ArrayList<>())
                    .add(entry));
    byTable.forEach(
        (table, entries) -> {
          String condition =
              entries.stream()
                  .map(
                      entry ->
                          condition(dialect, rules, entry.getKey(), entry.getValue(), parameters))
                  .collect(Collectors.joining(" AND "));
          if (table.equals(Catalogue.PIVOT)) {
            conditions.add(condition);
          } else {
            conditions.add(patients(dialect, table, condition, rules));
          }
        });
    return new Sql(conditions.isEmpty() ? "TRUE" : String.join(" AND ", conditions), parameters);
  }

  private String patients(Dialect dialect, String table, String condition, FilterRules rules) {
    String patient = dialect.value(catalogue.attribute(PATIENT).orElseThrow());
    String barcodes = "SELECT case_barcode FROM " + dialect.table(table) + " WHERE ";
    String matched = patient + " IN (" + barcodes + condition + ")";
    // NOT IN is null, and not true, if the patient or one of the barcodes is null. The deployed
    // service keeps such images, because its LEFT JOIN finds no row for them.
    return rules.keepUnmatched()
        ? "(%s OR COALESCE(%s NOT IN (%scase_barcode IS NOT NULL), TRUE))"
            .formatted(matched, patient, barcodes)
        : matched;
  }

  private String condition(
      Dialect dialect,
      FilterRules rules,
      String name,
      List<Object> values,
      List<Object> parameters) {
    Form form = form(name);
    String value = dialect.value(form.attribute());
    if (form.range().isPresent()) {
      addNumbers(DeployedFilters.bounds(values), parameters);
      return "(" + form.range().get().on(value) + ")";
    }
    if (form.attribute().kind() == Attribute.Kind.NUMBER) {
      addNumbers(values, parameters);
      return "(" + value + " = ?)";
    }
    List<String> alternatives = new ArrayList<>();
    List<String> texts =
        values.stream().map(Object::toString).filter(text -> !text.equals(NULL)).toList();
    if (texts.size() < values.size()) {
      alternatives.add(value + " IS NULL");
    }
    if (rules.patterns() && values.size() == 1 && texts.size() == 1 && texts.get(0).contains("%")) {
      alternatives.add(dialect.isLike(value, texts.get(0), parameters));
    } else if (!texts.isEmpty()) {
      alternatives.add(dialect.isOneOf(form.attribute(), texts, parameters));
    }
    return "(" + String.join(" OR ", alternatives) + ")";
  }

  /**
   * Adds the values as doubles, because the columns contain doubles. Numbers with more digits are
   * rounded.
   */
  private static void addNumbers(List<Object> values, List<Object> parameters) {
    values.forEach(value -> parameters.add(((Number) value).doubleValue()));
  }
}
