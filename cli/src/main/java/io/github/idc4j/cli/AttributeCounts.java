package io.github.idc4j.cli;

import io.github.idc4j.cli.export.ValueCount;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The most common values of an attribute, from the endpoint beside version 1 that a reference
 * service has.
 *
 * @param values the values, most common first
 * @param problem why there are no values; empty if there are values
 */
record AttributeCounts(List<ValueCount> values, Optional<String> problem) {

  /** The maximum number of values that the endpoint returns. */
  static final int MAX = 1000;

  /**
   * Requests the values.
   *
   * @param limit the maximum number of values, from 1 to {@link #MAX}
   * @throws UserException if the service does not respond
   */
  static AttributeCounts of(URI baseUrl, String attribute, int limit) throws UserException {
    ExploreCounts counts =
        ExploreCounts.of(baseUrl, Map.of("attribute", attribute, "limit", "" + limit));
    if (!counts.areProvided()) {
      return new AttributeCounts(
          List.of(),
          Optional.of(
              counts
                  .refusal()
                  .orElse(
                      "The service does not provide the values of attributes. A reference service"
                          + " ("
                          + Launcher.command("serve")
                          + ") does.")));
    }
    List<ValueCount> values = new ArrayList<>();
    counts
        .body()
        .path("counts")
        .path(attribute)
        .forEach(
            count ->
                values.add(
                    new ValueCount(
                        count.path("value").asString(null), count.path("series").asLong())));
    return new AttributeCounts(values, Optional.empty());
  }
}
