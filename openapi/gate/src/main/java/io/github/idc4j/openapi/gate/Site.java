package io.github.idc4j.openapi.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The steps from the top of an OpenAPI document to a value, through references. For example, the
 * steps to a response are {@code paths}, {@code /about}, {@code get}, {@code responses}, {@code
 * 200}. The step to a parameter consists of the location and the name of the parameter, such as
 * {@code query page_size}.
 */
record Site(List<String> steps) {

  static final Site TOP = new Site(List.of());

  /**
   * Keywords whose members have names that the spec defines. Such a name may be the same as a
   * keyword.
   */
  static final Set<String> MAPS =
      Set.of(
          "paths",
          "parameters",
          "properties",
          "responses",
          "content",
          "headers",
          "security",
          "schemas",
          "securitySchemes",
          "scopes",
          "requestBodies");

  private static final Set<String> SCHEMAS = Set.of("schema", "items", "additionalProperties");

  /** Keywords whose values are lists of schemas. */
  static final Set<String> CHOICES = Set.of("allOf", "anyOf", "oneOf");

  static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  Site child(String... tail) {
    List<String> longer = new ArrayList<>(steps);
    longer.addAll(List.of(tail));
    return new Site(List.copyOf(longer));
  }

  Site parent() {
    return new Site(steps.subList(0, steps.size() - 1));
  }

  /** Returns the last step, which is a keyword or a name. At the top, returns an empty string. */
  String key() {
    return steps.isEmpty() ? "" : steps.get(steps.size() - 1);
  }

  boolean startsWith(Site start) {
    int length = start.steps.size();
    return steps.size() >= length && steps.subList(0, length).equals(start.steps);
  }

  /**
   * Returns whether the last step stands for an element, such as an operation, a property or a
   * request body. Otherwise, the last step is a keyword.
   */
  boolean isNamed() {
    boolean named = false;
    boolean inMap = false;
    for (String step : belowOperation()) {
      named = inMap || step.equals("requestBody");
      inMap = !inMap && MAPS.contains(step);
    }
    return named || (isOfOperation() && steps.size() == 3);
  }

  /**
   * Returns whether the last step is a keyword whose members have names, such as {@code
   * properties}.
   */
  boolean isMap() {
    return !isNamed() && MAPS.contains(key());
  }

  boolean isSchema() {
    if (steps.size() < 2) {
      return false;
    }
    Site parent = parent();
    return isNamed()
        ? parent.key().equals("properties")
        : SCHEMAS.contains(key()) || CHOICES.contains(parent.key());
  }

  boolean isOfOperation() {
    return steps.size() > 2 && steps.get(0).equals("paths") && METHODS.contains(steps.get(2));
  }

  /** Returns the method and the path of the operation, such as {@code GET /about}. */
  String operation() {
    return steps.get(2).toUpperCase(Locale.ROOT) + " " + steps.get(1);
  }

  /**
   * Returns the steps below the operation. If the site does not belong to an operation, returns all
   * steps.
   */
  List<String> belowOperation() {
    return steps.subList(isOfOperation() ? 3 : 0, steps.size());
  }

  /** Returns whether the site is part of a response. */
  boolean isInResponse() {
    return isBelow("responses");
  }

  /** Returns whether the site is part of a request. */
  boolean isInRequest() {
    return isBelow("parameters") || isBelow("requestBody");
  }

  /** Returns whether the site is inside an {@code allOf}, {@code anyOf} or {@code oneOf}. */
  boolean isInChoice() {
    return steps.stream().anyMatch(CHOICES::contains);
  }

  boolean isBelow(String part) {
    return isOfOperation() && steps.size() > 3 && steps.get(3).equals(part);
  }
}
