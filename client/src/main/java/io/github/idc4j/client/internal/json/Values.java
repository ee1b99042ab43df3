package io.github.idc4j.client.internal.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a row by the indexes of their columns. */
public final class Values {

  private final @Nullable Object[] values;
  private final Map<String, @Nullable Object> other;

  Values(@Nullable Object[] values, Map<String, @Nullable Object> other) {
    this.values = values;
    this.other = other;
  }

  /** Returns a text; null if the column is null or absent. */
  public @Nullable String text(int index) {
    return (String) values[index];
  }

  /** Returns a list of texts; null if the column is null or absent. */
  @SuppressWarnings("unchecked")
  public @Nullable List<@Nullable String> texts(int index) {
    return (List<@Nullable String>) values[index];
  }

  /** Returns the members that are not columns, by name. */
  public Map<String, @Nullable Object> other() {
    return other;
  }
}
