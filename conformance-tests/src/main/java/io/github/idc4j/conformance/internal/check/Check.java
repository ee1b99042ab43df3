package io.github.idc4j.conformance.internal.check;

import java.util.List;

/**
 * A check, which verifies rules on a service.
 *
 * @param id identifier, unique among all checks, such as {@code paging/walk[manifest]}
 * @param area name of the group of checks, such as {@code paging}
 * @param title what the check verifies
 * @param rules identifiers of the rules that the check verifies. A failed assertion violates the
 *     first rule unless the assertion names another one.
 */
public record Check(String id, String area, String title, List<String> rules, Body body) {

  /** Sends requests to the service and verifies the responses. */
  @FunctionalInterface
  public interface Body {

    /**
     * Verifies the rules. Returns normally if the service satisfies them.
     *
     * @throws AssertionError if the service violates a rule
     * @throws io.github.idc4j.conformance.internal.http.Skipped if the check cannot verify the
     *     rules
     * @throws Exception if a request gets no response, or the check has a bug
     */
    void verify(CheckContext context) throws Exception;
  }
}
