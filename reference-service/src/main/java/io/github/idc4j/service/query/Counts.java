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
 * <p>Each row has the keys {@code attribute}, {@code value}, {@code series}, {@code patients},
 * {@code instances} and {@code bytes}. The first row has the totals, and its attribute is null. In
 * the other rows, patients, instances and bytes are null.
 */
public final class Counts {

  /** The maximum number of values of an attribute. */
  public static final int MAX_VALUES = 1000;

  /** The attribute whose values are counted by year. Its filters select dates. */
  private static final String DATE = "StudyDate";

  /** The names of the attributes whose values are counted by default. */
  private static final List<String> STANDARD =
      List.of("collection_id", "Modality", "BodyPartExamined", DATE);

  private static final String SERIES = "SeriesInstanceUID";
  private static final String PATIENT = "PatientID";

  private final Catalogue catalogue;
  private final FilterRules rules;
  private final Dialect dialect;

  /** Creates an instance for the data of a dialect. */
  public Counts(Catalogue catalogue, FilterRules rules, Dialect dialect) {
    this.catalogue = catalogue;
    this.rules = rules;
    this.dialect = dialect;
  }

  /** Returns the attributes whose values are counted by default, as far as the data has them. */
  public List<Attribute> standardAttributes() {
    return STANDARD.stream().map(this::attribute).filter(dialect::hasColumn).toList();
  }

  /**
   * Returns SQL for the counts of a cohort. The counts of an attribute are sorted by the number of
   * series, largest first.
   *
   * @param attributes the attributes whose values are counted; the data must have their columns
   * @param limit the maximum number of values of each attribute
   */
  public Sql of(Filters filters, List<Attribute> attributes, int limit) {
    List<Object> values = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    parts.add(totals(filters, values));
    attributes.forEach(attribute -> parts.add(counts(attribute, filters, limit, values)));
    return new Sql(
        "SELECT * FROM ("
            + String.join(" UNION ALL ", parts)
            + ") AS counts ORDER BY attribute NULLS FIRST, series DESC, value NULLS LAST",
        values);
  }

  private String totals(Filters filters, List<Object> values) {
    String instances = "count(*)";
    String bytes = "CAST(NULL AS BIGINT)";
    if (!hasInstances()) {
      instances = "coalesce(CAST(sum(\"instanceCount\") AS BIGINT), 0)";
      // The sum of some sizes would be too small.
      bytes =
          "CASE WHEN count(\"series_size_MB\") = count(*) THEN"
              + " CAST(round(coalesce(sum(\"series_size_MB\"), 0) * 1000000) AS BIGINT) END";
    }
    return "SELECT NULL AS attribute, NULL AS value, %s AS series, count(DISTINCT %s) AS patients, %s AS instances, %s AS bytes %s"
        .formatted(
            hasInstances() ? distinctSeries() : "count(*)",
            value(PATIENT),
            instances,
            bytes,
            from(filters, values));
  }

  private String counts(Attribute attribute, Filters filters, int limit, List<Object> values) {
    String name = attribute.name();
    String value = "CAST(" + dialect.value(attribute) + " AS VARCHAR)";
    String from = from(filters.without(attribute), values);
    boolean isOfPatients = !attribute.table().equals(Catalogue.PIVOT);
    if (isOfPatients) {
      from =
          "FROM (SELECT %s, %s %s) AS images JOIN %s ON images.%s = case_barcode"
              .formatted(
                  value(PATIENT),
                  value(SERIES),
                  from,
                  dialect.table(attribute.table()),
                  value(PATIENT));
    }
    return "(SELECT '%s', %s AS counted, %s AS found, NULL, NULL, NULL %s GROUP BY counted ORDER BY found DESC, counted NULLS LAST LIMIT %d)"
        .formatted(
            name,
            name.equals(DATE) ? "substr(" + value + ", 1, 4)" : value,
            // A patient can have several rows in another table.
            hasInstances() || isOfPatients ? distinctSeries() : "count(*)",
            from,
            limit);
  }

  private String from(Filters filters, List<Object> values) {
    Sql where = filters.where(dialect, rules);
    values.addAll(where.values());
    return "FROM " + dialect.table(Catalogue.PIVOT) + " WHERE " + where.text();
  }

  private String distinctSeries() {
    return "count(DISTINCT " + value(SERIES) + ")";
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
