package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import java.math.BigInteger;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request, after its route was found and its caller is known.
 *
 * @param path the integers of the path, by name
 * @param query the query keys with their values, in order
 * @param contentType of the body; null where there was none
 */
record Request(
    Caller caller,
    Map<String, String> path,
    Map<String, Deque<String>> query,
    String contentType,
    String body) {

  /** Returns the first value of a query key; of a repeated one the first counts. */
  Optional<String> first(String key) {
    return Optional.ofNullable(query.get(key)).map(Deque::peekFirst);
  }

  /** Returns whether a key has the only literal that is true. */
  boolean isTrue(String key) {
    return first(key).filter("True"::equals).isPresent();
  }

  /** Refuses keys other than the allowed ones. */
  void requireKeys(String what, Set<String> allowed) {
    for (String key : query.keySet()) {
      if (!allowed.contains(key)) {
        throw ApiException.badRequest("Invalid " + what + " " + key);
      }
    }
  }

  /** Returns the integer of the path, which may be greater than any identifier. */
  BigInteger cohortId() {
    return new BigInteger(path.get("cohort_id"));
  }
}
