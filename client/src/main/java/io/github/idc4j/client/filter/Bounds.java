package io.github.idc4j.client.filter;

/**
 * Defines whether the lower and the upper bound belong to a range. Source: the contract, section
 * "Filters", in {@code docs/rules.md}.
 */
public enum Bounds {
  /** Both bounds belong to the range: {@code low <= x <= high}. */
  CLOSED("_ebtwe"),
  /** Neither bound belongs to the range: {@code low < x < high}. */
  OPEN("_btw"),
  /** Only the lower bound belongs to the range: {@code low <= x < high}. */
  CLOSED_OPEN("_ebtw"),
  /** Only the upper bound belongs to the range: {@code low < x <= high}. */
  OPEN_CLOSED("_btwe");

  private final String suffix;

  Bounds(String suffix) {
    this.suffix = suffix;
  }

  String suffix() {
    return suffix;
  }
}
