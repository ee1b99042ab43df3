package io.github.idc4j.service.http;

import java.util.Set;

/**
 * The operations of the deployed service between July 2025 and its retirement. Accounts, saved
 * cohorts and the metadata of all instances had been removed.
 */
final class ReducedOperations {

  private static final String VERSION = "/v1/";

  private static final Set<String> PATHS =
      Set.of(
          VERSION + "about",
          VERSION + "versions",
          VERSION + "collections",
          VERSION + "analysis_results",
          VERSION + "attributes",
          VERSION + "cohorts/manifest/preview",
          VERSION + "cohorts/manifest/nextPage",
          VERSION + "cohorts/query/preview",
          VERSION + "cohorts/query/nextPage");

  private ReducedOperations() {}

  /** Returns whether an operation remained. */
  static boolean contain(Route operation) {
    return PATHS.contains(operation.template());
  }
}
