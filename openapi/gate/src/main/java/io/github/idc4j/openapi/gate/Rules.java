package io.github.idc4j.openapi.gate;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Corrects the verdicts of openapi-diff. Finds breaking changes that openapi-diff misses, and
 * harmless changes that openapi-diff considers incompatible.
 */
final class Rules {

  private static final Set<String> MIN =
      Set.of("minimum", "minLength", "minItems", "minProperties");
  private static final Set<String> MAX =
      Set.of("maximum", "maxLength", "maxItems", "maxProperties");
  private static final Set<String> OTHER_LIMITS =
      Set.of("exclusiveMinimum", "exclusiveMaximum", "pattern", "multipleOf", "uniqueItems");

  /**
   * Keywords that need no rule here, because openapi-diff handles them correctly or because they
   * never break a program.
   */
  private static final Set<String> LEFT_TO_OPENAPI_DIFF =
      Set.of(
          "operationId",
          "required",
          "readOnly",
          "writeOnly",
          "style",
          "explode",
          "allowEmptyValue",
          "deprecated");

  private Rules() {}

  /** Returns whether a difference is harmless, even if openapi-diff considers it incompatible. */
  static boolean isHarmless(Difference difference) {
    return !difference.site().isNamed() && isHarmlessKeyword(difference);
  }

  private static boolean isHarmlessKeyword(Difference difference) {
    return switch (difference.key()) {
      case "required" ->
          isOfHeader(difference)
              ? difference.isNew()
              : parent(difference).equals("requestBody") && difference.isGone();
      case "security" -> isStillEnough(difference.before(), difference.after());
      case "writeOnly" -> difference.isGone();
      default -> isLimit(difference.key()) && !isLimitBroken(difference);
    };
  }

  /** Returns the reason why a difference breaks programs; empty if these rules find no reason. */
  static Optional<String> breaks(Difference difference) {
    return Optional.ofNullable(
        difference.site().isOfOperation() ? reason(difference) : reasonOfDocument(difference));
  }

  private static String reasonOfDocument(Difference difference) {
    String key = difference.key();
    if (key.equals("servers")) {
      return reasonOfServers(difference.before(), difference.after());
    } else if (key.equals("openapi")) {
      boolean same = feature(difference.before()).equals(feature(difference.after()));
      return same ? null : "tools that read the old form may not read the new one";
    } else if (parent(difference).equals("schemas")) {
      return difference.isGone() ? "generated code has a class of this name" : null;
    }
    return reasonOfExtensionOrUnknown(difference);
  }

  private static String reason(Difference difference) {
    String key = difference.key();
    if (difference.site().isInChoice()) {
      return "other values are valid";
    } else if (difference.site().isNamed()) {
      return reasonOfNamed(difference);
    } else if (difference.site().isBelow("security") && !key.equals("security")) {
      return "programs must identify themselves in another way";
    } else if (isLimit(key)) {
      return !isLimitBroken(difference)
          ? null
          : difference.site().isInResponse()
              ? "programs may meet values outside of the old limits"
              : "requests within the old limits may be refused";
    } else if (key.equals("required") && isOfHeader(difference)) {
      return difference.isNew() ? null : "programs that look for it may find nothing";
    } else if (LEFT_TO_OPENAPI_DIFF.contains(key)) {
      return null;
    }
    return switch (key) {
      case "$ref" -> "generated code has the type of the old schema here";
      case "security" ->
          isStillEnough(difference.before(), difference.after())
              ? null
              : "programs that were let in are not any more";
      case "enum" ->
          difference.isNew() || difference.isGone() ? "generated code has another type here" : null;
      case "default" ->
          difference.site().isInResponse() ? null : "leaving it out may mean something else";
      case "servers" -> "programs call another address";
      case "tags" ->
          isInSameClass(difference.before(), difference.after())
              ? null
              : "generated code has the operation in a class that is named after its tag";
      case "nullable" ->
          difference.isNew() == difference.site().isInRequest()
              ? null
              : difference.site().isInResponse()
                  ? "programs do not expect null here"
                  : "requests with null may be refused";
      case "additionalProperties" -> reasonOfAdditionalProperties(difference);
      case "type", "format" -> "other values are valid";
      default -> reasonOfExtensionOrUnknown(difference);
    };
  }

  private static String reasonOfNamed(Difference difference) {
    if (difference.isGone()) {
      return difference.site().isInResponse()
          ? "programs that look for it find nothing"
          : "programs that use it are refused or not understood";
    }
    boolean success = difference.key().startsWith("2") || difference.key().startsWith("3");
    return parent(difference).equals("responses") && success
        ? "programs take every success for one that they know"
        : null;
  }

  private static String reasonOfAdditionalProperties(Difference difference) {
    boolean wasOpen = difference.isNew() || difference.before().asBoolean(true);
    if (difference.site().isInResponse()) {
      return difference.isNew() || !wasOpen
          ? null
          : "programs that read other properties find none";
    }
    boolean isOpen = difference.isGone() || difference.after().asBoolean(false);
    return wasOpen && !isOpen ? "requests with other properties may be refused" : null;
  }

  private static String reasonOfServers(JsonNode before, JsonNode after) {
    if (!before
        .valueStream()
        .allMatch(old -> after.valueStream().anyMatch(now -> isReached(old, now)))) {
      return "programs that use the old URL reach no service";
    }
    return isReached(before.path(0), after.path(0))
        ? null
        : "programs that name no address take the first";
  }

  /**
   * Returns whether the new server still has every URL of the old server, and the same default URL.
   */
  private static boolean isReached(JsonNode before, JsonNode after) {
    return address(before).equals(address(after))
        && before
            .path("variables")
            .propertyStream()
            .allMatch(
                variable ->
                    isSameVariable(
                        variable.getValue(), after.path("variables").path(variable.getKey())));
  }

  private static boolean isSameVariable(JsonNode before, JsonNode after) {
    Set<JsonNode> values = Set.copyOf(after.path("enum").values());
    boolean open = values.isEmpty();
    return before.path("default").equals(after.path("default"))
        && (open || (before.has("enum") && values.containsAll(before.path("enum").values())));
  }

  private static JsonNode address(JsonNode server) {
    return server.isObject() ? server.path("url") : server;
  }

  /**
   * Returns whether generated code keeps the operation in the same classes. Some generators put an
   * operation into a class for its first tag, and others into a class for each of its tags.
   */
  private static boolean isInSameClass(JsonNode before, JsonNode after) {
    return before.path(0).equals(after.path(0))
        && Set.copyOf(after.values()).containsAll(before.values());
  }

  private static boolean isOfHeader(Difference difference) {
    return difference.site().isInResponse()
        && difference.site().parent().parent().key().equals("headers");
  }

  private static String reasonOfExtensionOrUnknown(Difference difference) {
    if (difference.key().startsWith("x-")) {
      return difference.isNew() ? null : "generated code depends on it";
    }
    return "the gate has no rule for `" + difference.key() + "`; see Rules";
  }

  /**
   * Returns the first two numbers of an OpenAPI version. A change of the third number is only
   * editorial.
   */
  private static String feature(JsonNode version) {
    String text = version.asString("");
    return text.substring(0, Math.max(0, text.lastIndexOf('.')));
  }

  /** Returns whether every old way to authenticate is still accepted. */
  private static boolean isStillEnough(JsonNode before, JsonNode after) {
    List<Set<String>> ways = ways(after);
    return ways(before).stream().allMatch(old -> ways.stream().anyMatch(old::containsAll));
  }

  /**
   * Returns the alternative ways to authenticate. Each alternative is a set of requirements that
   * must all be met. If {@code security} is empty or missing, the only alternative has no
   * requirements.
   */
  private static List<Set<String>> ways(JsonNode security) {
    return security.isEmpty()
        ? List.of(Set.of())
        : security.valueStream().map(Rules::demands).toList();
  }

  /**
   * Returns the requirements of an alternative: the name of each security scheme, and each scope
   * with the name of its scheme in front.
   */
  private static Set<String> demands(JsonNode alternative) {
    Set<String> demands = new HashSet<>();
    alternative.forEachEntry(
        (scheme, scopes) -> {
          demands.add(scheme);
          scopes.forEach(scope -> demands.add(scheme + " " + scope.asString()));
        });
    return demands;
  }

  private static String parent(Difference difference) {
    return difference.site().parent().key();
  }

  private static boolean isLimit(String key) {
    return MIN.contains(key) || MAX.contains(key) || OTHER_LIMITS.contains(key);
  }

  /**
   * Returns whether a change of a limit breaks programs. A limit in a request must not become
   * stricter, and a limit in a response must not become looser.
   */
  private static boolean isLimitBroken(Difference difference) {
    boolean narrower = difference.isNew();
    boolean wider = difference.isGone();
    if (!narrower && !wider) {
      int order =
          OTHER_LIMITS.contains(difference.key())
              ? 0
              : difference.after().decimalValue().compareTo(difference.before().decimalValue());
      narrower = order == 0 || (order > 0) == MIN.contains(difference.key());
      wider = order == 0 || !narrower;
    }
    return difference.site().isInResponse() ? wider : narrower;
  }
}
