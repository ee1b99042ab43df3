package io.github.idc4j.service.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;

/**
 * Statistics of the table {@code idc_index} of IDC release 25, which has one row for each series.
 * Scaled sample data follows these statistics.
 */
final class IndexStatistics {

  /** The average number of series of a patient is 12.09, and of a study 6.20. */
  static final int SERIES_PER_PATIENT = 12;

  private static final List<CSVRecord> SERIES = Tables.own("index-series.csv");

  /**
   * A range of the numbers of instances that series have.
   *
   * @param series the number of series in this range
   * @param smallest the smallest number of instances
   * @param largest the largest number of instances
   * @param instances the number of instances of all series in this range
   */
  record Range(long series, long smallest, long largest, long instances) {}

  private IndexStatistics() {}

  /** Returns the ranges, from the smallest series to the largest. */
  static List<Range> ranges() {
    return SERIES.stream()
        .map(
            row ->
                new Range(
                    number(row, "series"),
                    number(row, "smallest"),
                    number(row, "largest"),
                    number(row, "instances")))
        .toList();
  }

  /** Returns the number of series. */
  static long series() {
    return ranges().stream().mapToLong(Range::series).sum();
  }

  /** Returns the number of instances. */
  static long instances() {
    return ranges().stream().mapToLong(Range::instances).sum();
  }

  /**
   * Returns the share of each collection in the instances, by the ID of a collection of the sample.
   * The shares are those of the largest collections in the index. The collections of the sample
   * have them in the order of their real sizes.
   */
  static Map<String, Double> collections() {
    List<CSVRecord> rows = Tables.own("index-collections.csv");
    double total = rows.stream().mapToLong(row -> number(row, "instances")).sum();
    Map<String, Double> shares = new LinkedHashMap<>();
    rows.forEach(row -> shares.put(row.get("collection_id"), number(row, "instances") / total));
    return shares;
  }

  /** Returns the share of series whose value is null, by the name of the attribute. */
  static Map<String, Double> nulls() {
    Function<CSVRecord, Double> share = row -> (double) number(row, "series") / series();
    return Tables.own("index-nulls.csv").stream()
        .collect(Collectors.toMap(row -> row.get("name"), share));
  }

  private static long number(CSVRecord row, String column) {
    return Long.parseLong(row.get(column));
  }
}
