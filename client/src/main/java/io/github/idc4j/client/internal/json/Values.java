package io.github.idc4j.client.internal.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a row, at the indexes of their columns. */
public final class Values {

  private final @Nullable Object[] values;
  private final Map<String, @Nullable Object> other;

  Values(@Nullable Object[] values, Map<String, @Nullable Object> other) {
    this.values = values;
    this.other = other;
  }

  /** Returns a string; null if the value is null or the column is absent. */
  public @Nullable String text(int index) {
    return (String) values[index];
  }

  /** Returns a list of strings; null if the value is null or the column is absent. */
  @SuppressWarnings("unchecked")
  public @Nullable List<@Nullable String> texts(int index) {
    return (List<@Nullable String>) values[index];
  }

  /** Returns the members that do not belong to a column, keyed by name. */
  public Map<String, @Nullable Object> other() {
    return other;
  }
}
