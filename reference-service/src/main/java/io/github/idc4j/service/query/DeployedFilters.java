package io.github.idc4j.service.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the deployed service made of filters. */
public final class DeployedFilters {

  private static final String DATE = "StudyDate";

  /** What the deployed service took for the beginning of a range suffix. */
  private static final Pattern OPERATOR = Pattern.compile("_[lg]");

  /** The ranges of saved cohorts that the deployed service could read. */
  private static final Pattern SAVED_RANGE = Pattern.compile("^[0-9]{2}");

  private DeployedFilters() {}

  /**
   * Returns the filters of a cohort that the deployed service saved with the given filters. It
   * dropped range filters, and saved a number as a range whose bounds are the characters of the
   * number.
   */
  public static Filters saved(Filters filters) {
    Map<String, List<Object>> saved = new LinkedHashMap<>();
    filters
        .values()
        .forEach(
            (name, given) -> {
              Filters.Form form = filters.form(name);
              if (form.isEquality()) {
                saved.put(name + Range.BTW.suffix(), List.of(given.get(0).toString()));
              } else if (form.range().isEmpty()) {
                saved.put(name, given);
              }
            });
    return filters.with(saved);
  }

  /**
   * Returns the given filters without the value {@code None}, which the deployed service lost when
   * it printed SQL; empty if a filter has no other value.
   */
  public static Optional<Filters> withoutNulls(Filters filters) {
    Map<String, List<Object>> kept = new LinkedHashMap<>();
    filters
        .values()
        .forEach(
            (name, given) ->
                kept.put(
                    name, given.stream().filter(value -> !value.equals(Filters.NULL)).toList()));
    return kept.values().stream().anyMatch(List::isEmpty)
        ? Optional.empty()
        : Optional.of(filters.with(kept));
  }

  /**
   * Returns whether every query with the given filters failed in the deployed service. It took the
   * operator of a number from the name of its attribute, compared dates with strings, and could not
   * read all ranges of saved cohorts.
   */
  public static boolean fail(Filters filters) {
    return filters.values().entrySet().stream()
        .anyMatch(
            filter ->
                fails(filters.form(filter.getKey()), filter.getKey(), filter.getValue().get(0)));
  }

  private static boolean fails(Filters.Form form, String name, Object value) {
    if (form.range().isPresent()) {
      return value instanceof String text && !SAVED_RANGE.matcher(text).find();
    }
    return form.isEquality() ? OPERATOR.matcher(name).find() : name.equals(DATE);
  }

  /** Returns the bounds of a range, which can be one that the deployed service saved. */
  static List<Object> bounds(List<Object> values) {
    return values.get(0) instanceof String text
        ? List.of(Character.digit(text.charAt(0), 10), Character.digit(text.charAt(1), 10))
        : values;
  }
}
