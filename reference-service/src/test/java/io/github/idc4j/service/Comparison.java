package io.github.idc4j.service;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares a recorded response with a response of the reference service. Values that depend on the
 * data are not compared, because the two services have different data.
 */
final class Comparison {

  /** The places of rows. */
  private static final Pattern ROWS =
      Pattern.compile("/(json|json_manifest|collections|analysisResults|attributes)/");

  /** The places of values that do not depend on the data. */
  private static final Pattern EXACT =
      Pattern.compile(
          "/(code|delete_permission|notes|result/message)$|^(/cohort_properties)?/message$|/filterSet/filters/");

  private Comparison() {}

  /** Returns the differences; empty if the responses are equivalent. */
  static List<String> differences(JsonNode recorded, HttpResponse<String> seen) {
    List<String> found = new ArrayList<>();
    int status = recorded.get("status").asInt();
    if (seen.statusCode() != status) {
      found.add("status " + seen.statusCode() + " for " + status);
      return found;
    }
    String type = recorded.path("content_type").asString("");
    String seenType = seen.headers().firstValue("Content-Type").orElse("");
    if (!seenType.equals(type)) {
      found.add("media type " + seenType + " for " + type);
    }
    Set<String> allow = methods(recorded.path("allow").asString(""));
    Set<String> seenAllow = methods(seen.headers().firstValue("Allow").orElse(""));
    if (!seenAllow.equals(allow)) {
      found.add("Allow " + seenAllow + " for " + allow);
    }
    JsonNode body = recorded.path("body");
    if (body.isObject()) {
      compare("", body, JsonMapper.shared().readTree(seen.body()), found);
    }
    return found;
  }

  private static Set<String> methods(String allow) {
    return new TreeSet<>(List.of(allow.split(", ")));
  }

  private static void compare(String place, JsonNode recorded, JsonNode seen, List<String> found) {
    if (recorded.isNull() || seen.isNull()) {
      // Any cell and any text about the data can be null.
      boolean data = ROWS.matcher(place).find() && (recorded.isString() || seen.isString());
      if (!data && recorded.isNull() != seen.isNull()) {
        found.add(place + ": " + seen + " for " + recorded);
      }
    } else if (recorded.getNodeType() != seen.getNodeType()) {
      found.add(place + ": " + seen.getNodeType() + " for " + recorded.getNodeType());
    } else if (recorded.isObject()) {
      List<String> keys = List.copyOf(recorded.propertyNames());
      List<String> seenKeys = List.copyOf(seen.propertyNames());
      if (!seenKeys.equals(keys)) {
        found.add(place + ": keys " + seenKeys + " for " + keys);
      } else {
        keys.forEach(key -> compare(place + "/" + key, recorded.get(key), seen.get(key), found));
      }
    } else if (recorded.isArray()) {
      // A list of strings is the value of a cell. Cells may differ, because the data differ.
      boolean cell =
          ROWS.matcher(place).find() && (recorded.path(0).isString() || seen.path(0).isString());
      if (recorded.isEmpty() != seen.isEmpty() && !cell) {
        found.add(place + ": " + seen.size() + " entries for " + recorded.size());
      }
      for (int i = 0; i < Math.min(recorded.size(), seen.size()); i++) {
        compare(place + "/" + i, recorded.get(i), seen.get(i), found);
      }
    } else if (place.endsWith("/next_page") || place.endsWith("/sql")) {
      if (recorded.asString().isEmpty() != seen.asString().isEmpty()) {
        found.add(place + ": " + (seen.asString().isEmpty() ? "empty" : "not empty"));
      }
    } else if (EXACT.matcher(place).find()
        && !neutral(seen.asString()).equals(neutral(recorded.asString()))) {
      found.add(place + ": " + neutral(seen.asString()) + " for " + neutral(recorded.asString()));
    }
  }

  /** Replaces page tokens, and the ID and the error of a query, which the back end decides. */
  private static String neutral(String message) {
    return message
        .replaceAll("next_page token [A-Za-z0-9_=-]{100,}", "next_page token ...")
        .replaceAll("During query job [0-9a-f-]{36}: .*", "During query job ...");
  }
}
