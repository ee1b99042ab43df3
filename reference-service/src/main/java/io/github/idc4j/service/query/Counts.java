package io.github.idc4j.service.query;

import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.engine.Dialect;
import io.github.idc4j.service.engine.Sql;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates the SQL that counts the series of a cohort by the values of some attributes. The filter
 * on an attribute does not apply to the counts by this attribute, so that they show what other
 * values would select. Only for DuckDB.
 *
 * <p>Each row has the keys {@code attribute}, {@code value}, {@code series}, {@code patients} and
 * {@code instances}. The first row has the totals, and its attribute is null. In the other rows,
 * patients and instances are null.
 */
public final class Counts {

  /** The attribute whose values are counted by year. Its filters select dates. */
  public static final String DATE = "StudyDate";

  /** The names of the attributes whose values are counted. */
  public static final List<String> ATTRIBUTES =
      List.of("collection_id", "Modality", "BodyPartExamined", DATE);

  private final Catalogue catalogue;
  private final FilterRules rules;
  private final Dialect dialect;

  /** Creates an instance for the data of a dialect. */
  public Counts(Catalogue catalogue, FilterRules rules, Dialect dialect) {
    this.catalogue = catalogue;
    this.rules = rules;
    this.dialect = dialect;
  }

  /** Returns SQL for the counts of all series. */
  public Sql ofAll() {
    return of(Filters.none(catalogue));
  }

  /**
   * Returns SQL for the counts of a cohort. The counts of an attribute are sorted by the number of
   * series, largest first. If the data does not have an attribute, its counts are omitted.
   */
  public Sql of(Filters filters) {
    List<String> parts = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    parts.add(
        "SELECT NULL AS attribute, NULL AS value, %s AS series, count(DISTINCT %s) AS patients, %s AS instances %s"
            .formatted(
                series(),
                value("PatientID"),
                hasInstances() ? "count(*)" : "coalesce(CAST(sum(\"instanceCount\") AS BIGINT), 0)",
                from(filters, values)));
    for (String name : ATTRIBUTES) {
      if (dialect.hasColumn(attribute(name))) {
        parts.add(
            "SELECT '%s', %s AS counted, %s, NULL, NULL %s GROUP BY counted"
                .formatted(
                    name,
                    name.equals(DATE) ? "substr(" + value(name) + ", 1, 4)" : value(name),
                    series(),
                    from(filters.without(name), values)));
      }
    }
    return new Sql(
        "SELECT * FROM ("
            + String.join(" UNION ALL ", parts)
            + ") AS counts ORDER BY attribute NULLS FIRST, series DESC, value NULLS LAST",
        values);
  }

  private String from(Filters filters, List<Object> values) {
    Sql where = filters.where(dialect, rules);
    values.addAll(where.values());
    return "FROM " + dialect.table(Catalogue.PIVOT) + " WHERE " + where.text();
  }

  /** Without instances, each row is a series. */
  private String series() {
    return hasInstances() ? "count(DISTINCT " + value("SeriesInstanceUID") + ")" : "count(*)";
  }

  /** Returns whether each row of the data is an instance, rather than a series. */
  private boolean hasInstances() {
    return dialect.hasColumn(attribute("SOPInstanceUID"));
  }

  private String value(String name) {
    return dialect.value(attribute(name));
  }

  private Attribute attribute(String name) {
    return catalogue.attribute(name).orElseThrow();
  }
}
