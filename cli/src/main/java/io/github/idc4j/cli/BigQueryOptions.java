package io.github.idc4j.cli;

import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.engine.BigQuerySettings;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Options for a service that runs its queries in BigQuery. */
final class BigQueryOptions {

  /** The name of a data set, with or without a project. */
  private static final Pattern DATASET = Pattern.compile("([a-z][-a-z0-9.:]*\\.)?[A-Za-z0-9_]+");

  @Option(
      names = "--bigquery-project",
      paramLabel = "ID",
      description =
          "Run the queries in BigQuery, in this Google Cloud project, which pays for them. Needs"
              + " Application Default Credentials. Default: run the queries in DuckDB.")
  private String project;

  @Option(
      names = "--bigquery-scratch-dataset",
      paramLabel = "NAME",
      description =
          "Existing BigQuery data set for results, as name or project.name. Required with"
              + " --bigquery-project.")
  private String scratchDataset;

  @Option(
      names = "--bigquery-dataset",
      paramLabel = "NAME",
      description =
          "BigQuery data set with the table dicom_pivot, as name or project.name. Default: the"
              + " public data set of the release of --data, such as bigquery-public-data.idc_v25.")
  private String dataset;

  @Option(
      names = "--bigquery-location",
      paramLabel = "NAME",
      description =
          "Location in which the queries run. Default: the location of the scratch data set.")
  private String location;

  @Option(
      names = "--bigquery-max-bytes-billed",
      paramLabel = "N",
      description =
          "Maximum number of bytes that BigQuery may bill for a query. A query that needs more"
              + " fails. Default: no limit except those of the project.")
  private Long maxBytesBilled;

  @Option(
      names = "--bigquery-endpoint",
      paramLabel = "URL",
      description =
          "Base URL of BigQuery. On a loopback host, no credentials are sent. Default: the public"
              + " endpoint.")
  private URI endpoint;

  boolean areGiven() {
    return Stream.of(project, scratchDataset, dataset, location, maxBytesBilled, endpoint)
        .anyMatch(option -> option != null);
  }

  void addTo(ReferenceServiceBuilder builder) throws UserException {
    if (!areGiven()) {
      return;
    }
    require(
        project != null && scratchDataset != null,
        "Options that begin with --bigquery need --bigquery-project and"
            + " --bigquery-scratch-dataset.");
    requireDataset("--bigquery-dataset", dataset);
    requireDataset("--bigquery-scratch-dataset", scratchDataset);
    require(
        maxBytesBilled == null || maxBytesBilled > 0,
        "--bigquery-max-bytes-billed must be positive, but was " + maxBytesBilled + ".");
    HttpUrls.require("--bigquery-endpoint", endpoint, "http://127.0.0.1:9050");
    builder.bigQuery(
        new BigQuerySettings(
            project,
            Optional.ofNullable(dataset),
            scratchDataset,
            Optional.ofNullable(location),
            maxBytesBilled == null ? OptionalLong.empty() : OptionalLong.of(maxBytesBilled),
            Optional.ofNullable(endpoint)));
  }

  private static void requireDataset(String option, String name) throws UserException {
    require(
        name == null || DATASET.matcher(name).matches(),
        option
            + " must be the name of a BigQuery data set, such as my_dataset or"
            + " my-project.my_dataset, but was "
            + name
            + ".");
  }

  private static void require(boolean condition, String message) throws UserException {
    if (!condition) {
      throw new UserException(Main.WRONG_USAGE, message);
    }
  }
}
