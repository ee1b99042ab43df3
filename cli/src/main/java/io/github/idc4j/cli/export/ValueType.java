package io.github.idc4j.cli.export;

/** The types of the values in a column. */
enum ValueType {
  TEXT("VARCHAR"),
  NUMBER("DOUBLE"),
  INTEGER("BIGINT"),
  BOOLEAN("BOOLEAN"),
  LIST("VARCHAR[]");

  private final String sqlType;

  ValueType(String sqlType) {
    this.sqlType = sqlType;
  }

  /** Returns the type of the column in a Parquet file, as a type of DuckDB. */
  String sqlType() {
    return sqlType;
  }

  /** Returns the type for a value type in the specification: string, number or list. */
  static ValueType ofAttribute(String valueType) {
    return switch (valueType) {
      case "number" -> NUMBER;
      case "list" -> LIST;
      default -> TEXT;
    };
  }
}
