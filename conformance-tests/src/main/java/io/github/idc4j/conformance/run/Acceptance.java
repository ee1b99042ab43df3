package io.github.idc4j.conformance.run;

import java.util.Objects;

/**
 * The conditions for a run to pass. Immutable.
 *
 * @param minRules percentage of the applicable rules that the run must verify
 * @param knownFailures failures that do not fail the run
 */
record Acceptance(int minRules, KnownFailures knownFailures) {

  static final Acceptance DEFAULT = new Acceptance(80, KnownFailures.none());

  Acceptance {
    if (minRules < 0 || minRules > 100) {
      throw new IllegalArgumentException("minRules must be between 0 and 100, but was " + minRules);
    }
    Objects.requireNonNull(knownFailures);
  }

  Acceptance withMinRules(int newMinRules) {
    return new Acceptance(newMinRules, knownFailures);
  }

  Acceptance withKnownFailures(KnownFailures newKnownFailures) {
    return new Acceptance(minRules, newKnownFailures);
  }
}
