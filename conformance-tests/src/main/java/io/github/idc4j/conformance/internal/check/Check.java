package io.github.idc4j.conformance.internal.check;

import java.util.List;

/**
 * A check of one service.
 *
 * @param id identifier, unique among all checks, such as {@code paging/walk[manifest]}
 * @param area name of the group that it belongs to
 * @param title what it verifies, for people
 * @param rules identifiers of the rules that it may find violated; a failed assertion that names no
 *     rule violates the first
 */
public record Check(String id, String area, String title, List<String> rules, Body body) {

  /** Sends requests and asserts what the responses must be. */
  @FunctionalInterface
  public interface Body {

    /**
     * Returns if the service satisfies the rules.
     *
     * @throws AssertionError if it violates a rule
     * @throws io.github.idc4j.conformance.internal.http.Skipped if that cannot be found out
     * @throws Exception if a request got no response, or the check itself is wrong
     */
    void verify(CheckContext context) throws Exception;
  }
}
