package io.github.idc4j.client.filter;

/** Whether the ends of a range belong to it (contract, Filters). */
public enum Ends {
  /** Both do. */
  CLOSED("_ebtwe"),
  /** Neither does. */
  OPEN("_btw"),
  /** The low end does, the high one does not. */
  CLOSED_OPEN("_ebtw"),
  /** The high end does, the low one does not. */
  OPEN_CLOSED("_btwe");

  private final String suffix;

  Ends(String suffix) {
    this.suffix = suffix;
  }

  String suffix() {
    return suffix;
  }
}
