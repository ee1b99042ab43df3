package io.github.idc4j.bigquery;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQuery.TableDataListOption;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableResult;
import io.github.idc4j.service.engine.EngineRows;
import io.github.idc4j.service.engine.RowsGoneException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** The rows in the table of a query. */
final class BigQueryRows implements EngineRows {

  private final BigQuery bigQuery;
  private final TableId table;
  private final long count;

  BigQueryRows(BigQuery bigQuery, TableId table, long count) {
    this.bigQuery = bigQuery;
    this.table = table;
    this.count = count;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public boolean isKept() {
    return true;
  }

  @Override
  public boolean expires() {
    return true;
  }

  @Override
  public void read(long from, long to, Consumer consumer) throws IOException, SQLException {
    try {
      long next = from;
      TableResult part =
          bigQuery.listTableData(
              table, TableDataListOption.startIndex(from), TableDataListOption.pageSize(to - from));
      // BigQuery splits a response that would be too long.
      while (part != null && next < to) {
        for (FieldValueList row : part.getValues()) {
          if (next < to) {
            consumer.accept(row.get(0).getStringValue().getBytes(StandardCharsets.UTF_8));
            next++;
          }
        }
        part = next < to ? part.getNextPage() : null;
      }
      if (next < to) {
        throw new SQLException(
            "BigQuery's table " + Names.of(table) + " ends at row " + next + " of " + count);
      }
    } catch (BigQueryException e) {
      throw e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
          ? new RowsGoneException(e)
          : Errors.failure(e);
    }
  }

  /** Does nothing, because other processes may read the rows. BigQuery deletes them later. */
  @Override
  public void close() {}
}
