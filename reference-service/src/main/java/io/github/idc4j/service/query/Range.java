package io.github.idc4j.service.query;

/**
 * The range filters of numeric attributes. The name of a range filter is the attribute's name,
 * followed by the suffix.
 */
enum Range {
  LT("_lt", "%s < ?", 1),
  LTE("_lte", "%s <= ?", 1),
  BTW("_btw", "%1$s > ? AND %1$s < ?", 2),
  EBTW("_ebtw", "%1$s >= ? AND %1$s < ?", 2),
  EBTWE("_ebtwe", "%1$s >= ? AND %1$s <= ?", 2),
  BTWE("_btwe", "%1$s > ? AND %1$s <= ?", 2),
  GTE("_gte", "%s >= ?", 1),
  GT("_gt", "%s > ?", 1);

  private final String suffix;
  private final String condition;
  private final int operands;

  Range(String suffix, String condition, int operands) {
    this.suffix = suffix;
    this.condition = condition;
    this.operands = operands;
  }

  String suffix() {
    return suffix;
  }

  int operands() {
    return operands;
  }

  String on(String column) {
    return condition.formatted(column);
  }
}
