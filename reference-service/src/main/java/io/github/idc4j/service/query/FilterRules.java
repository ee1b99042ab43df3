package io.github.idc4j.service.query;

/** The rules of filters in which the modes of the service differ. */
public enum FilterRules {
  /** The rules of the contract. */
  DEFAULT(false, true),

  /** The rules of the deployed service, with its faults. */
  DEPLOYED(true, false);

  private final boolean keepUnmatched;
  private final boolean patterns;

  FilterRules(boolean keepUnmatched, boolean patterns) {
    this.keepUnmatched = keepUnmatched;
    this.patterns = patterns;
  }

  /**
   * Returns whether clinical and biospecimen filters also select images of patients without
   * clinical or biospecimen data.
   */
  boolean keepUnmatched() {
    return keepUnmatched;
  }

  /** Returns whether a single value with {@code %} is a pattern. Otherwise it is a literal. */
  boolean patterns() {
    return patterns;
  }
}
