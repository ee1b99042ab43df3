package io.github.idc4j.conformance.internal.http;

/**
 * A response that contains a value which later requests use.
 *
 * @param kind kind of the value
 * @param value page token or cohort identifier, percent-encoded
 * @param step request whose response contains the value
 */
record ValueSource(Kind kind, String value, Step step) {

  /** The kinds of values. */
  enum Kind {
    PAGE_TOKEN("next_page=", "page_token"),
    COHORT_ID("/", "cohort_id");

    private final String before;
    private final String variable;

    Kind(String before, String variable) {
      this.before = before;
      this.variable = variable;
    }

    /**
     * Returns the name of the shell function that extracts a value of this kind. The names of shell
     * variables for such values begin with the same text.
     */
    String variable() {
      return variable;
    }
  }

  /**
   * Returns the index of the value in the target of a request, or -1 if the target does not contain
   * the value.
   */
  int start(ApiRequest request) {
    int found = request.target().indexOf(kind.before + value);
    if (found < 0) {
      return -1;
    }
    int start = found + kind.before.length();
    int end = start + value.length();
    boolean isWhole =
        end == request.target().length() || "/?&".indexOf(request.target().charAt(end)) >= 0;
    return isWhole ? start : -1;
  }

  /** Compares sources by identity, because comparing long chains of sources would be slow. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
