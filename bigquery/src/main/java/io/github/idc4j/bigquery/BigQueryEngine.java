package io.github.idc4j.bigquery;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatus;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.engine.Dialect;
import io.github.idc4j.service.engine.EngineRows;
import io.github.idc4j.service.engine.Query;
import io.github.idc4j.service.engine.QueryEngine;
import io.github.idc4j.service.engine.Sql;
import java.net.HttpURLConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Runs each query as a job that writes its rows to a table of the scratch data set. The job and the
 * table are named after the ID of the query, so that any process can find them. BigQuery deletes
 * the table when it expires.
 */
final class BigQueryEngine implements QueryEngine {

  /**
   * The number of queries to wait for at the same time. BigQuery itself queues queries beyond the
   * limits of the project.
   */
  private static final int CONCURRENCY = 100;

  private static final Duration FIRST_DELAY = Duration.ofMillis(50);
  private static final Duration MAX_DELAY = Duration.ofSeconds(2);

  private final BigQuery bigQuery;
  private final Dialect dialect;
  private final DatasetId scratch;
  private final String location;
  private final OptionalLong maxBytesBilled;
  private final Duration lifetime;

  /**
   * Creates an engine.
   *
   * @param scratch the data set for the rows of queries
   * @param location the location of the jobs
   * @param lifetime the time until the rows of a query expire
   */
  BigQueryEngine(
      BigQuery bigQuery,
      Dialect dialect,
      DatasetId scratch,
      String location,
      OptionalLong maxBytesBilled,
      Duration lifetime) {
    this.bigQuery = bigQuery;
    this.dialect = dialect;
    this.scratch = scratch;
    this.location = location;
    this.maxBytesBilled = maxBytesBilled;
    this.lifetime = lifetime;
  }

  @Override
  public Dialect dialect() {
    return dialect;
  }

  @Override
  public int concurrency() {
    return CONCURRENCY;
  }

  /**
   * Verifies that queries of the table of images are allowed. A dry run is free.
   *
   * @throws BigQueryException if they are not
   */
  void verify() {
    bigQuery.create(
        JobInfo.of(
            jobId(UUID.randomUUID()),
            QueryJobConfiguration.newBuilder(
                    "SELECT COUNT(*) FROM " + dialect.table(Catalogue.PIVOT))
                .setUseLegacySql(false)
                .setDryRun(true)
                .build()));
  }

  @Override
  public EngineRows run(UUID id, Query query) throws SQLException {
    try {
      create(JobInfo.of(jobId(id), configuration(id, (Sql) query)));
      return await(id).orElseThrow(() -> new SQLException("BigQuery lost the job " + name(id)));
    } catch (BigQueryException e) {
      throw Errors.failure(e);
    }
  }

  private void create(JobInfo job) {
    try {
      bigQuery.create(job);
    } catch (BigQueryException e) {
      // A conflict means that BigQuery accepted an attempt although its response was an error.
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  private QueryJobConfiguration configuration(UUID id, Sql sql) {
    QueryJobConfiguration.Builder configuration =
        QueryJobConfiguration.newBuilder(
                "CREATE TABLE `%s` OPTIONS (expiration_timestamp = TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL %d SECOND)) AS %s"
                    .formatted(Names.of(tableId(id)), lifetime.toSeconds(), sql.text()))
            .setUseLegacySql(false);
    sql.values().forEach(value -> configuration.addPositionalParameter(parameter(value)));
    maxBytesBilled.ifPresent(configuration::setMaximumBytesBilled);
    return configuration.build();
  }

  private static QueryParameterValue parameter(Object value) {
    if (value instanceof List<?> texts) {
      return QueryParameterValue.array(texts.toArray(new String[0]), StandardSQLTypeName.STRING);
    }
    return value instanceof String text
        ? QueryParameterValue.string(text)
        : QueryParameterValue.float64(((Number) value).doubleValue());
  }

  @Override
  public Optional<EngineRows> find(UUID id) throws SQLException {
    try {
      return await(id);
    } catch (BigQueryException e) {
      throw Errors.failure(e);
    }
  }

  /** Waits for a job. Returns its rows; empty if the job does not exist, or its rows are gone. */
  private Optional<EngineRows> await(UUID id) throws SQLException {
    Duration delay = FIRST_DELAY;
    Job job = bigQuery.getJob(jobId(id));
    while (job != null && !JobStatus.State.DONE.equals(job.getStatus().getState())) {
      sleep(delay);
      delay = delay.multipliedBy(2).compareTo(MAX_DELAY) < 0 ? delay.multipliedBy(2) : MAX_DELAY;
      job = bigQuery.getJob(jobId(id));
    }
    if (job == null) {
      return Optional.empty();
    }
    if (job.getStatus().getError() != null) {
      throw Errors.failure(job.getStatus().getError());
    }
    Table table = bigQuery.getTable(tableId(id));
    return Optional.ofNullable(table)
        .map(found -> new BigQueryRows(bigQuery, tableId(id), found.getNumRows().longValue()));
  }

  private static void sleep(Duration delay) throws SQLException {
    try {
      Thread.sleep(delay.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("the service is stopping", e);
    }
  }

  private static String name(UUID id) {
    return "idc4j_" + id.toString().replace("-", "");
  }

  private JobId jobId(UUID id) {
    return JobId.newBuilder()
        .setProject(bigQuery.getOptions().getProjectId())
        .setJob(name(id))
        .setLocation(location)
        .build();
  }

  private TableId tableId(UUID id) {
    return TableId.of(scratch.getProject(), scratch.getDataset(), name(id));
  }

  /**
   * Cancels nothing. Every process with the key of the page tokens can find the rows of a query,
   * this process included: a token stays valid although this process has deleted the result. No
   * process knows which tokens others still use, so a canceled job could break their walks. The
   * limit of billed bytes limits the cost of a job that no request waits for.
   */
  @Override
  public boolean cancel(UUID id) {
    return false;
  }

  /** Does nothing, because the engine holds no resources of this process. */
  @Override
  public void close() {}
}
