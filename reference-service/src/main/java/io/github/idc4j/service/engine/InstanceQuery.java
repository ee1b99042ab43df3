package io.github.idc4j.service.engine;

/**
 * A query for rows of instances over a data set that has only series. The instances of a series are
 * listed when they are read.
 *
 * @param series SQL for the series, one row for each. The rows have the columns {@code aws_bucket},
 *     {@code crdc_series_uuid}, {@code instanceCount}, {@code row_end}, and those that {@code
 *     columns} needs. {@code row_end} is the number of instances of all series up to this one. The
 *     rows are sorted by it.
 * @param columns the columns of each row, as an SQL select list. The column {@code instance} is the
 *     UUID of the instance. Rows of the same series are sorted by it.
 */
public record InstanceQuery(Sql series, String columns) implements Query {

  /** Returns the SQL for the series, because no SQL can list the instances. */
  @Override
  public String shown() {
    return series.shown();
  }
}
