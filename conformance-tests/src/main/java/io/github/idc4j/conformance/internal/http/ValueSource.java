package io.github.idc4j.conformance.internal.http;

/**
 * The source of a value in later requests.
 *
 * @param kind kind of the value
 * @param value page token or cohort identifier, percent-encoded
 * @param step request whose response has the value
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

    /** Returns the name of a shell function that finds such a value; variables begin with it. */
    String variable() {
      return variable;
    }
  }

  /** Returns the position of the value in the target of a request; -1 if absent. */
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

  /** Compares by identity, because comparing long chains of sources would be slow. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
