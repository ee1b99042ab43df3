package io.github.idc4j.openapi.gate;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Describes a difference in a clause, such as "the response's property `x` is new". */
final class Words {

  private static final String SCHEMAS = "/components/schemas/";

  private Words() {}

  /** Returns a clause that describes the difference at its site. */
  static String of(Difference difference) {
    List<String> steps = difference.site().belowOperation();
    if (difference.site().steps().size() == 1) {
      return keyword(difference, "the document");
    }
    if (difference.site().isNamed()) {
      return subject(steps) + existence(difference);
    }
    return keyword(difference, subject(steps.subList(0, steps.size() - 1)));
  }

  /**
   * Returns a clause for a difference in a schema that several operations share. The clause names
   * the schema instead of a part of an operation.
   */
  static String ofSchema(Difference difference) {
    List<String> steps = new ArrayList<>(List.of("components", "schemas"));
    for (String step : difference.pointer().substring(SCHEMAS.length()).split("/")) {
      steps.add(step.replace("~1", "/").replace("~0", "~"));
    }
    if (difference.key().equals("required")) {
      steps.addAll(steps.size() - 1, List.of("properties", difference.site().parent().key()));
    }
    return of(new Difference(new Site(steps), "", difference.before(), difference.after()));
  }

  static boolean isInSchema(Difference difference) {
    return difference.pointer().startsWith(SCHEMAS);
  }

  private static String subject(List<String> steps) {
    if (steps.isEmpty()) {
      return "the operation";
    }
    Iterator<String> rest = steps.iterator();
    String owner = owner(rest);
    StringBuilder path = new StringBuilder();
    while (rest.hasNext()) {
      switch (rest.next()) {
        case "properties" -> path.append(path.isEmpty() ? "" : ".").append(rest.next());
        case "items" -> path.append("[]");
        case "additionalProperties" -> path.append("{}");
        case "scopes" -> owner = "the scope `" + rest.next() + "` of " + owner;
        case "headers" -> owner = "the header `" + rest.next() + "` of " + owner;
        case "content" -> {
          String type = rest.next();
          owner += rest.hasNext() ? "" : " as `" + type + "`";
        }
        default -> {}
      }
    }
    return path.isEmpty() ? owner : owner + "'s property `" + path + "`";
  }

  private static String owner(Iterator<String> rest) {
    String part = rest.next();
    switch (part) {
      case "parameters" -> {
        String[] parameter = rest.next().split(" ", 2);
        String kind = parameter[0].equals("query") ? "query key" : parameter[0] + " parameter";
        return "the " + kind + " `" + parameter[1] + "`";
      }
      case "requestBody" -> {
        return rest.hasNext() ? "the request" : "the request's body";
      }
      case "responses" -> {
        String status = rest.next();
        return status.equals("200") && rest.hasNext() ? "the response" : "the response " + status;
      }
      case "security" -> {
        return "the security scheme `" + rest.next() + "`";
      }
      case "components" -> {
        rest.next();
        return "the schema `" + rest.next() + "`";
      }
      default -> {
        return "`" + part + "`";
      }
    }
  }

  private static String existence(Difference difference) {
    boolean required = difference.after().path("required").asBoolean(false);
    return difference.isGone() ? " is gone" : required ? " is new and required" : " is new";
  }

  private static String keyword(Difference difference, String subject) {
    boolean on = difference.isNew();
    return switch (difference.key()) {
      case "required" -> subject + (on ? " is required now" : " is optional now");
      case "nullable" -> subject + (on ? " may be null now" : " is never null now");
      case "deprecated" -> subject + (on ? " is deprecated" : " is deprecated no longer");
      case "enum" ->
          on || difference.isGone() ? change(difference, subject) : values(difference, subject);
      case "$ref" ->
          subject
              + " takes "
              + schema(difference.after())
              + " in place of "
              + schema(difference.before());
      default -> change(difference, subject);
    };
  }

  private static String change(Difference difference, String subject) {
    String keyword = "`" + difference.key() + "`";
    String start = subject.equals("it") ? keyword : keyword + " of " + subject;
    if (difference.isNew()) {
      return start + " is new: " + value(difference.after());
    } else if (difference.isGone()) {
      return start + " is gone (it was " + value(difference.before()) + ")";
    }
    return start
        + " is "
        + value(difference.after())
        + " (it was "
        + value(difference.before())
        + ")";
  }

  private static String value(JsonNode value) {
    return "`" + (value.isString() ? value.asString() : value.toString()) + "`";
  }

  private static String schema(JsonNode reference) {
    String name = reference.asString("");
    return name.isEmpty()
        ? "a schema without a name"
        : "the schema `" + name.substring(name.lastIndexOf('/') + 1) + "`";
  }

  private static String values(Difference difference, String subject) {
    String gained = without(difference.after(), difference.before());
    String lost = without(difference.before(), difference.after());
    return subject
        + (gained.isEmpty() ? "" : " gains the value " + gained)
        + (gained.isEmpty() || lost.isEmpty() ? "" : " and")
        + (lost.isEmpty() ? "" : " loses the value " + lost);
  }

  private static String without(JsonNode values, JsonNode others) {
    Set<JsonNode> left = Set.copyOf(others.values());
    return values
        .valueStream()
        .filter(value -> !left.contains(value))
        .map(Words::value)
        .collect(Collectors.joining(", "));
  }
}
