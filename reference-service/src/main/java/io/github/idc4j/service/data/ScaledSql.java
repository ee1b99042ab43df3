package io.github.idc4j.service.data;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Creates the SQL for the instances of scaled sample data. The series have very different numbers
 * of instances: the numbers are distributed as in {@link IndexStatistics}.
 *
 * <p>DuckDB generates the instances series by series, in the order of {@link
 * Catalogue#PIVOT_ORDER}, so that it needs to sort only the series.
 */
final class ScaledSql {

  /** The table of series, in the order of {@link Catalogue#PIVOT_ORDER}. */
  static final String SERIES = "sized";

  /** The largest number of series of a study. The average is half of it. */
  static final int SERIES_PER_STUDY = 11;

  private ScaledSql() {}

  /**
   * Returns the statements that add the number of instances to each row of the table {@code
   * series}. The result is the table {@link #SERIES}.
   */
  static List<String> statements(long seed, long instances) {
    return List.of(
        "CREATE MACRO stem(entity) AS '1.3.6.1.4.1.14519.5.2.1.' || hash("
            + Database.quote(seed + "/")
            + " || entity)",
        "CREATE TABLE size AS SELECT * FROM (VALUES "
            + ranges()
            + ") AS s(first, share, smallest, spread, exponent)",
        // The n-th of the series in random order gets the number of instances that is greater than
        // n of the numbers in the index. "more" is the number of instances besides the first one.
        // It is scaled so that the total is right. The largest series gets the rounding error.
        """
        CREATE TABLE %2$s AS
        WITH ranked AS (
          SELECT *, row_number() OVER (ORDER BY number(series, 'size'), series) AS place,
            count(*) OVER () AS total
          FROM series
        ), drawn AS (
          SELECT *, round(smallest - 1 + spread
            * (((place - 0.5) / total - first) / share) ** exponent)::BIGINT AS more
          FROM ranked ASOF JOIN size ON (place - 0.5) / total >= first
        ), scaled AS (
          SELECT *, 1 + round(more * (%1$s - total) / sum(more) OVER ())::BIGINT AS about FROM drawn
        )
        SELECT * EXCLUDE (first, share, smallest, spread, exponent),
          (about + CASE WHEN place = total THEN %1$s - sum(about) OVER () ELSE 0 END)::BIGINT
            AS instances
        FROM scaled
        ORDER BY collection_id, patient, uid(study, 'study'), uid(series, 'series')
        """
            .formatted(instances, SERIES));
  }

  /**
   * Returns the ranges of the numbers of instances, as rows of SQL. Within a range, the numbers
   * grow with a power. The exponent results in the average of the range.
   */
  private static String ranges() {
    double total = IndexStatistics.series();
    StringBuilder rows = new StringBuilder();
    long before = 0;
    for (IndexStatistics.Range range : IndexStatistics.ranges()) {
      long spread = range.largest() - range.smallest();
      double average = (double) range.instances() / range.series();
      double exponent = spread == 0 ? 1 : spread / (average - range.smallest()) - 1;
      rows.append(rows.length() == 0 ? "" : ", ")
          .append(
              Stream.of(before / total, range.series() / total, range.smallest(), spread, exponent)
                  .map(value -> value + "::DOUBLE")
                  .collect(Collectors.joining(", ", "(", ")")));
      before += range.series();
    }
    return rows.toString();
  }

  /**
   * Returns SQL for the rows of all instances, in their order, as a table {@code image}.
   *
   * @param image a table with a row for each series, and its columns {@code series} and {@code
   *     instances}
   */
  static String instances(String image) {
    return "(SELECT *, guid(instance, 'instance') AS instance_guid FROM"
        + " (SELECT *, series || '/' || n AS instance FROM"
        + " (SELECT *, unnest(range(1, instances + 1)) AS n FROM "
        + image
        + "))) AS image";
  }

  /**
   * Returns the SQL expression for the UID of an instance. The UIDs of a series begin with the same
   * stem and end with numbers of equal length, so they are sorted like the numbers.
   */
  static String uid() {
    return "stem(series) || '.' || (1000000 + n)";
  }
}
