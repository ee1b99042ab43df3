package io.github.idc4j.client;

import io.github.idc4j.model.QueryField;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row in the result of a query. The service sends the values of all fields as strings. Immutable.
 *
 * <pre>{@code
 * for (QueryRow row : client.previewQuery(cohort, QueryField.PATIENT_ID, QueryField.SLICE_THICKNESS)) {
 *   row.number(QueryField.SLICE_THICKNESS).ifPresent(millimeters -> ...);
 * }
 * }</pre>
 */
public final class QueryRow {

  private final Map<String, @Nullable String> values;

  QueryRow(Map<String, @Nullable String> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * Returns the value of a field as a string; empty if the row has no value for the field, or if
   * the field was not requested.
   */
  public Optional<String> text(QueryField field) {
    return Optional.ofNullable(values.get(field.toString()));
  }

  /**
   * Returns the value of a field as a number with all its digits; empty if the row has no value for
   * the field, or if the field was not requested.
   *
   * @throws NumberFormatException if the value is not a number; read such a value with {@link
   *     #text}
   */
  public Optional<BigDecimal> number(QueryField field) {
    return text(field).map(text -> number(field, text));
  }

  private static BigDecimal number(QueryField field, String text) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      NumberFormatException explained =
          new NumberFormatException(
              field + " is not a number, but " + text + ". Read it with text().");
      explained.initCause(e);
      throw explained;
    }
  }

  /**
   * Returns the values of a field that can have several values, in order. DICOM separates the
   * values by backslashes (PS3.5, section 6.2). The list is empty if the row has no value for the
   * field, or if the field was not requested.
   */
  public List<String> list(QueryField field) {
    return text(field).map(text -> List.of(text.split("\\\\", -1))).orElse(List.of());
  }

  /**
   * Returns the values of all fields. The keys are the service's names for the fields. A value is
   * null if the row has no value for the field.
   */
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
