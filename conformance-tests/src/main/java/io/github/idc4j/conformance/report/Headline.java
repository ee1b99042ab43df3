package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Status;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** States the result of a run in one sentence. */
final class Headline {

  private final ConformanceResult result;
  private final Summary summary;

  Headline(ConformanceResult result, Summary summary) {
    this.result = result;
    this.summary = summary;
  }

  String text() {
    if (result.end().isPresent()) {
      return switch (result.end().get().reason()) {
        case RETIRED -> "The service is retired";
        case UNREACHABLE -> "The service cannot be reached";
      };
    }
    long failed = summary.failedRules();
    if (failed > 0) {
      return failed == 1 ? "1 rule failed" : failed + " rules failed";
    }
    if (result.interruption().isPresent()) {
      return "The run was interrupted";
    }
    if (!result.problems().isEmpty()) {
      return "The list of known failures or absent capabilities is out of date";
    }
    if (result.count(Status.AWAY) + result.count(Status.SLOW) > 0) {
      return "The service did not respond to all requests in time";
    }
    if (result.count(Status.ERROR) > 0) {
      return "The conformance suite itself failed";
    }
    if (result.verifiedNothing()) {
      return result.outcomes().isEmpty()
          ? "Nothing was checked: no check matches the selection"
          : "Nothing was checked: every check was skipped";
    }
    if (result.verifiedTooLittle()) {
      return "Too few of the applicable rules were verified: less than " + result.minRules() + " %";
    }
    boolean isAll = Coverage.rules(result).missing().isEmpty();
    return (isAll ? "All rules passed" : "All verified rules passed")
        + exceptions(Status.WARN, Status.KNOWN);
  }

  private String exceptions(Status... statuses) {
    String counts =
        Stream.of(statuses)
            .filter(status -> summary.rules(status) > 0)
            .map(
                status ->
                    summary.rules(status) + " " + StatusText.after(summary.rules(status), status))
            .collect(Collectors.joining(" and "));
    return counts.isEmpty() ? "" : ", with " + counts;
  }
}
