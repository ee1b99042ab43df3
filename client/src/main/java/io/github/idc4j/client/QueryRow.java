package io.github.idc4j.client;

import io.github.idc4j.model.QueryField;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of a query: the values of its fields, all of them texts at the service. Immutable.
 *
 * <pre>{@code
 * for (QueryRow row : client.previewQuery(cohort, QueryField.PATIENT_ID, QueryField.SLICE_THICKNESS)) {
 *   row.number(QueryField.SLICE_THICKNESS).ifPresent(millimetres -> ...);
 * }
 * }</pre>
 */
public final class QueryRow {

  private final Map<String, @Nullable String> values;

  QueryRow(Map<String, @Nullable String> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /** Returns the text of a field; empty if the image has none, or the field was not asked for. */
  public Optional<String> text(QueryField field) {
    return Optional.ofNullable(values.get(field.toString()));
  }

  /**
   * Returns the number of a field, with all its digits; empty if the image has none, or the field
   * was not asked for.
   *
   * @throws NumberFormatException if its text is no number
   */
  public Optional<BigDecimal> number(QueryField field) {
    return text(field)
        .map(
            text -> {
              try {
                return new BigDecimal(text.strip());
              } catch (NumberFormatException e) {
                throw (NumberFormatException)
                    new NumberFormatException(
                            field + " is no number but " + text + "; read it with text()")
                        .initCause(e);
              }
            });
  }

  /**
   * Returns the values of a field that may have several, in order: DICOM separates them in a text
   * by a backslash (PS3.5, 6.2). Most fields have one; empty if the image has none, or the field
   * was not asked for.
   */
  public List<String> list(QueryField field) {
    return text(field).map(text -> List.of(text.split("\\\\", -1))).orElse(List.of());
  }

  /** Returns all values by the service's name of the field; one that is absent is null. */
  public Map<String, @Nullable String> asMap() {
    return values;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof QueryRow row && values.equals(row.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
