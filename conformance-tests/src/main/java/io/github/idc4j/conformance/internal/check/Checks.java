package io.github.idc4j.conformance.internal.check;

import java.util.List;
import java.util.stream.Stream;

/** The list of all checks. */
public final class Checks {

  private static final List<Check> ALL =
      Stream.of(
              OperationChecks.all(),
              MetadataChecks.all(),
              RoutesChecks.all(),
              AuthChecks.all(),
              CohortsChecks.all(),
              ManifestRowChecks.all(),
              ManifestChecks.all(),
              QueryChecks.all(),
              PagingChecks.all(),
              TokenChecks.all(),
              AcceptedChecks.all(),
              FilterChecks.all(),
              FilterNameChecks.all(),
              ErrorChecks.all(),
              QuirkChecks.all(),
              FilterQuirkChecks.all())
          .flatMap(List::stream)
          .toList();

  private Checks() {}

  /** Returns all checks, in the order in which a run performs them. */
  public static List<Check> all() {
    return ALL;
  }

  /** Returns whether later checks depend on the result of this check. */
  public static boolean isPrerequisite(Check check) {
    return check.area().equals(OperationChecks.AREA);
  }
}
