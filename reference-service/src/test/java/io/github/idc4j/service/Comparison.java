package io.github.idc4j.service;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares a recorded response with a response of the reference service. Values are not compared,
 * because the two services have different data.
 */
final class Comparison {

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
      JsonNode seenBody = JsonMapper.shared().readTree(seen.body());
      compare("", body, seenBody, found);
      String message = neutral(body.path("message").asString(""));
      String seenMessage = neutral(seenBody.path("message").asString(""));
      if (status > 200 && !seenMessage.equals(message)) {
        found.add("message: " + seenMessage + " for " + message);
      }
    }
    return found;
  }

  private static Set<String> methods(String allow) {
    return new TreeSet<>(List.of(allow.split(", ")));
  }

  private static void compare(String place, JsonNode recorded, JsonNode seen, List<String> found) {
    if (recorded.isNull() || seen.isNull()) {
      boolean text = recorded.isString() || seen.isString();
      if (!text && recorded.isNull() != seen.isNull()) {
        found.add(place + ": " + seen + " for " + recorded);
      }
    } else if (recorded.getNodeType() != seen.getNodeType()) {
      found.add(place + ": " + seen.getNodeType() + " for " + recorded.getNodeType());
    } else if (recorded.isObject()) {
      Set<String> keys = new TreeSet<>(recorded.propertyNames());
      Set<String> seenKeys = new TreeSet<>(seen.propertyNames());
      if (!seenKeys.equals(keys)) {
        found.add(place + ": keys " + seenKeys + " for " + keys);
      } else {
        keys.forEach(key -> compare(place + "/" + key, recorded.get(key), seen.get(key), found));
      }
    } else if (recorded.isArray()) {
      // A list of strings is the value of a cell. Cells may differ, because the data differ.
      boolean cell = recorded.path(0).isString() || seen.path(0).isString();
      if (recorded.isEmpty() != seen.isEmpty() && !cell) {
        found.add(place + ": " + seen.size() + " entries for " + recorded.size());
      } else if (!recorded.isEmpty() && !seen.isEmpty()) {
        compare(place + "/0", recorded.get(0), seen.get(0), found);
      }
    } else if (place.endsWith("/code")) {
      if (!recorded.equals(seen)) {
        found.add(place + ": " + seen + " for " + recorded);
      }
    } else if (place.endsWith("/next_page") || place.endsWith("/sql")) {
      if (recorded.asString().isEmpty() != seen.asString().isEmpty()) {
        found.add(place + ": " + (seen.asString().isEmpty() ? "empty" : "not empty"));
      }
    }
  }

  /** Replaces page tokens and job IDs, because they differ from run to run. */
  private static String neutral(String message) {
    return message
        .replaceAll("next_page token [A-Za-z0-9_=-]{100,}", "next_page token ...")
        .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "...");
  }
}
