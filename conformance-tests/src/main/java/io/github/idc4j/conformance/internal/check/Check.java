package io.github.idc4j.conformance.internal.check;

import java.util.List;

/**
 * A check of one service.
 *
 * @param id identifier, unique among all checks, such as {@code paging/walk[manifest]}
 * @param area name of the group that it belongs to
 * @param title what it verifies
 * @param rules identifiers of the rules that it verifies; a failed assertion without a rule
 *     violates the first
 */
public record Check(String id, String area, String title, List<String> rules, Body body) {

  /** Sends requests and verifies the responses. */
  @FunctionalInterface
  public interface Body {

    /**
     * Returns if the service satisfies the rules.
     *
     * @throws AssertionError if it violates a rule
     * @throws io.github.idc4j.conformance.internal.http.Skipped if the check cannot verify the
     *     rules
     * @throws Exception if a request has no response, or the check has a bug
     */
    void verify(CheckContext context) throws Exception;
  }
}
