package io.github.idc4j.conformance.internal.check;

import java.util.ArrayList;
import java.util.List;

/** Collects the checks of an area. */
final class CheckList {

  private final String area;
  private final List<Check> checks = new ArrayList<>();

  CheckList(String area) {
    this.area = area;
  }

  /** Verifies rules for one of several cases. */
  @FunctionalInterface
  interface CaseBody<T> {
    void verify(T value, CheckContext context) throws Exception;
  }

  /**
   * Adds a check.
   *
   * @param name name of the check, unique in the area
   * @param rules identifiers of the rules that the check verifies; see {@link Check}
   */
  CheckList check(String name, String title, Check.Body body, String... rules) {
    checks.add(new Check(area + "/" + name, area, title, List.of(rules), body));
    return this;
  }

  /**
   * Adds one check for each case.
   *
   * @param title title of the checks, with {0} as the placeholder for the case
   */
  <T> CheckList forEach(
      String name, List<T> cases, String title, CaseBody<? super T> body, String... rules) {
    for (T value : cases) {
      check(
          name + "[" + value + "]",
          title.replace("{0}", value.toString()),
          context -> body.verify(value, context),
          rules);
    }
    return this;
  }

  List<Check> checks() {
    return List.copyOf(checks);
  }
}
