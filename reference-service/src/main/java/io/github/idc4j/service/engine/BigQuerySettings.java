package io.github.idc4j.service.engine;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The settings of an engine that runs queries in BigQuery.
 *
 * @param project the Google Cloud project that runs and pays for the queries
 * @param dataset the data set with the table {@code dicom_pivot}, as {@code project.dataset} or as
 *     the name of a data set in {@code project}; if empty, IDC's public data set of the active
 *     release
 * @param scratchDataset the existing data set to which the engine writes results, in the same form
 * @param location the location in which queries run, such as {@code US}; if empty, the location of
 *     the scratch data set
 * @param maxBytesBilled the maximum number of bytes that BigQuery may bill for a query; a query
 *     that needs more fails; if empty, there is no limit except those of the project
 * @param endpoint the base URL of BigQuery; if empty, the public endpoint; if its host is a
 *     loopback host, the engine sends no credentials
 */
public record BigQuerySettings(
    String project,
    Optional<String> dataset,
    String scratchDataset,
    Optional<String> location,
    OptionalLong maxBytesBilled,
    Optional<URI> endpoint) {

  /** Creates an instance. No argument may be null. */
  public BigQuerySettings {
    Objects.requireNonNull(project);
    Objects.requireNonNull(dataset);
    Objects.requireNonNull(scratchDataset);
    Objects.requireNonNull(location);
    Objects.requireNonNull(maxBytesBilled);
    Objects.requireNonNull(endpoint);
  }

  /**
   * Returns settings with the defaults of the optional parts.
   *
   * @param project the Google Cloud project that runs and pays for the queries
   * @param scratchDataset the existing data set to which the engine writes results
   */
  public static BigQuerySettings of(String project, String scratchDataset) {
    return new BigQuerySettings(
        project,
        Optional.empty(),
        scratchDataset,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }
}
