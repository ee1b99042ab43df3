package io.github.idc4j.conformance.http;

/** Whose token a request carries. */
public enum Bearer {
  /** Nobody's; the request is anonymous. */
  NONE(""),
  /** The first user's. */
  FIRST("$IDC4J_TOKEN"),
  /** The second user's. */
  SECOND("$IDC4J_SECOND_TOKEN"),
  /** Something that is no token. */
  GARBLED("not.a.token");

  private final String shown;

  Bearer(String shown) {
    this.shown = shown;
  }

  /** Returns what a curl line has in its place; never a token. */
  String shown() {
    return shown;
  }
}
