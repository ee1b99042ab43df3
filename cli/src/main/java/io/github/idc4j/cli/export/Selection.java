package io.github.idc4j.cli.export;

import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.QueryRow;
import io.github.idc4j.client.filter.Filter;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.model.Cohort;
import io.github.idc4j.model.FilterSet;
import io.github.idc4j.model.ManifestRow;
import io.github.idc4j.model.QueryField;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The images that a result is about: a saved cohort, or the images that match all filters.
 * Immutable.
 *
 * @param cohortId the ID of the saved cohort; if empty, the filters apply
 * @param filters combined with AND; without filters, all images
 */
public record Selection(OptionalLong cohortId, List<Filter> filters) {

  /**
   * Copies the filters.
   *
   * @throws IllegalArgumentException if two filters have the same name, or if there are filters
   *     besides the cohort
   */
  public Selection {
    filters = List.copyOf(filters);
    Set<String> names = new HashSet<>();
    for (Filter filter : filters) {
      if (!names.add(filter.name())) {
        throw new IllegalArgumentException(
            "There are two conditions of the same kind for "
                + filter.name()
                + ". Write all values in one condition, such as Modality = CT,MR.");
      }
    }
    if (cohortId.isPresent() && !filters.isEmpty()) {
      throw new IllegalArgumentException(
          "A saved cohort cannot be combined with other filters. Use either --cohort or the"
              + " filters.");
    }
  }

  /** Returns a description that is the same for the same selection only. */
  public String description() {
    return cohortId.isPresent()
        ? "cohort " + cohortId.getAsLong()
        : filters.stream()
            .map(filter -> filter.name() + " " + filter.values())
            .collect(Collectors.joining(", ", "{", "}"));
  }

  /** Returns the JSON of the filters, as in the API, or the ID of the cohort. */
  public String json() {
    Map<String, List<Object>> values = new LinkedHashMap<>();
    filters.forEach(filter -> values.put(filter.name(), filter.values()));
    return cohortId.isPresent()
        ? "cohort " + cohortId.getAsLong()
        : JsonMapper.shared().writeValueAsString(values);
  }

  /**
   * Returns this selection without a cohort. Requests the filters of the cohort, because a saved
   * cohort cannot be combined with another filter.
   *
   * @throws IllegalArgumentException if the user has no such cohort
   */
  Selection withoutCohort(IdcClient client) {
    if (cohortId.isEmpty()) {
      return this;
    }
    Map<String, List<Object>> saved =
        client.cohorts().stream()
            .filter(cohort -> Objects.equals(cohort.cohortId(), cohortId.getAsLong()))
            .findFirst()
            .map(Cohort::filterSet)
            .map(FilterSet::filters)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The list of your cohorts has no cohort " + cohortId.getAsLong() + "."));
    return new Selection(
        OptionalLong.empty(),
        saved.entrySet().stream()
            .map(filter -> new Filter(filter.getKey(), filter.getValue()))
            .toList());
  }

  /** Returns the filter with this name; empty if the selection does not have it. */
  Optional<Filter> filter(String name) {
    return filters.stream().filter(filter -> filter.name().equals(name)).findFirst();
  }

  /** Returns this selection, which has no cohort, with a filter added or replaced. */
  Selection with(Filter added) {
    return new Selection(
        cohortId,
        Stream.concat(
                filters.stream().filter(filter -> !filter.name().equals(added.name())),
                Stream.of(added))
            .toList());
  }

  Paged<ManifestRow> manifest(IdcClient client, List<ManifestColumn> columns) {
    ManifestColumn[] chosen = columns.toArray(ManifestColumn[]::new);
    return cohortId.isPresent()
        ? client.manifest(cohortId.getAsLong(), chosen)
        : client.previewManifest(definition(), chosen);
  }

  Paged<QueryRow> query(IdcClient client, List<QueryField> fields) {
    QueryField[] chosen = fields.toArray(QueryField[]::new);
    return cohortId.isPresent()
        ? client.query(cohortId.getAsLong(), chosen)
        : client.previewQuery(definition(), chosen);
  }

  private CohortDefinition definition() {
    return CohortDefinition.of(filters.toArray(Filter[]::new));
  }
}
