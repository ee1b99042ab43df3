package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.ConformanceResult;
import io.github.idc4j.conformance.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Writes how many checks passed, failed and so on, the same in all reports. */
final class Counts {

  private Counts() {}

  static String of(ConformanceResult result) {
    List<String> counts = new ArrayList<>();
    counts.add(result.count(Verdict.Status.PASS) + " passed");
    counts.add(result.count(Verdict.Status.FAIL) + " failed");
    counts.add(result.count(Verdict.Status.SKIP) + " skipped");
    long warned = result.count(Verdict.Status.WARN);
    if (warned > 0) {
      counts.add(warned + " that should hold and do not");
    }
    long known = result.count(Verdict.Status.KNOWN);
    if (known > 0) {
      counts.add(known + " known to fail");
    }
    long away = result.count(Verdict.Status.AWAY);
    if (away > 0) {
      counts.add(away + " without an answer");
    }
    long errors = result.count(Verdict.Status.ERROR);
    if (errors > 0) {
      counts.add(errors + " broken by the suite itself");
    }
    return String.join(", ", counts);
  }
}
