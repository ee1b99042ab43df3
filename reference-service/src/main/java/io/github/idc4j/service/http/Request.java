package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A request with its caller and with the integers from its path.
 *
 * @param path the integers in the path, by the name in the template of the route
 * @param query the query parameters, by key; the values of each key are in the order of the URL
 * @param contentType the value of the {@code Content-Type} header; null if the request has no such
 *     header
 * @param content the body
 * @param resources accepts resources to close after the response has been written
 * @param heavyThreads read rows, because other threads are needed for short requests
 */
record Request(
    Caller caller,
    Map<String, String> path,
    Map<String, List<String>> query,
    String contentType,
    Body content,
    Consumer<AutoCloseable> resources,
    Executor heavyThreads) {

  /** Returns the body as text. */
  String body() {
    return content.text();
  }

  /** Returns the first value of a query key; empty if the request does not have the key. */
  Optional<String> first(String key) {
    return Optional.ofNullable(query.get(key)).map(values -> values.get(0));
  }

  /**
   * Returns whether the first value of a query key is {@code True}. No other spelling counts as
   * true.
   */
  boolean isTrue(String key) {
    return first(key).filter("True"::equals).isPresent();
  }

  /**
   * Refuses the request if it has a query key that is not allowed.
   *
   * @param what the word for a query key in the error message
   */
  void requireKeys(String what, Set<String> allowed) {
    for (String key : query.keySet()) {
      if (!allowed.contains(key)) {
        throw ApiException.badRequest("Invalid " + what + " " + key);
      }
    }
  }

  /**
   * Returns the cohort ID in the path. The ID can have more than 64 bits; see {@link Rules#isId}.
   */
  BigInteger cohortId() {
    return new BigInteger(path.get("cohort_id"));
  }
}
