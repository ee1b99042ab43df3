package io.github.idc4j.cli.export;

/**
 * The number of series that have a value of an attribute.
 *
 * @param value the value; null for the series without a value
 */
public record ValueCount(String value, long series) {}
