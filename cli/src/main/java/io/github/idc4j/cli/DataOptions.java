package io.github.idc4j.cli;

import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.data.AbsentColumns;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options for the data of a service that the command starts. */
final class DataOptions {

  /** The names of the options, for messages. */
  static final String NAMES = "--data, --absent, --instances-from-bucket and --bucket-endpoint";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=+-]+");

  @Option(
      names = "--data",
      paramLabel = "PATH",
      arity = "1..*",
      split = "\\R",
      splitSynopsisLabel = " ",
      description =
          "Use real data: a wheel of the Python package idc-index-data, Parquet files that IDC"
              + " publishes, or folders that contain such files. 'idc' stands for the newest release"
              + " that idc4j data pull has downloaded, and 'idc:25' for release 25. Default:"
              + " synthetic data; for lists and exports, the newest release that has been"
              + " downloaded, if there is one. In a file or an environment variable, separate paths with line breaks.")
  private List<Path> data = List.of();

  @Option(
      names = "--absent",
      paramLabel = "refuse|null",
      description =
          "How to respond to a request for a column that the data does not have: refuse it with 400,"
              + " or return null in each row. Default: refuse.")
  private AbsentColumns absent = AbsentColumns.REFUSE;

  @Option(
      names = "--instances-from-bucket",
      description =
          "Add GCS_URL and CRDC_Instance_GUID to manifests of an index, which has no instances: list"
              + " the instances of each page in the public buckets. A page has at most 2,000 series.")
  private boolean instancesFromBucket;

  @Option(
      names = "--bucket-endpoint",
      paramLabel = "URL",
      description =
          "Base URL of the S3 server that has the buckets; needs --instances-from-bucket. Default:"
              + " the public buckets of IDC.")
  private URI bucketEndpoint;

  boolean areGiven() {
    return hasData()
        || absent != AbsentColumns.REFUSE
        || instancesFromBucket
        || bucketEndpoint != null;
  }

  boolean hasData() {
    return !data.isEmpty();
  }

  /** Returns the paths, with names such as {@code idc:25} replaced by the downloaded wheels. */
  Path[] paths() throws UserException {
    return PulledReleases.resolve(data);
  }

  boolean listsInstances() {
    return instancesFromBucket;
  }

  void addTo(ReferenceServiceBuilder builder) throws UserException {
    requireBucketOptions();
    builder.data(paths()).absentColumns(absent).instancesFromBucket(instancesFromBucket);
    if (bucketEndpoint != null) {
      builder.bucketEndpoint(bucketEndpoint);
    }
  }

  private void requireBucketOptions() throws UserException {
    if (instancesFromBucket && !hasData()) {
      throw new UserException(
          Main.WRONG_USAGE,
          "--instances-from-bucket needs real data: add --data with an index of series.");
    }
    if (bucketEndpoint != null && !instancesFromBucket) {
      throw new UserException(Main.WRONG_USAGE, "--bucket-endpoint needs --instances-from-bucket.");
    }
    HttpUrls.require("--bucket-endpoint", bucketEndpoint, "http://127.0.0.1:9000");
  }

  /** Returns the options in the syntax of a POSIX shell, with a space before each option. */
  String asArguments() {
    StringBuilder arguments = new StringBuilder();
    data.forEach(path -> arguments.append(" --data ").append(quoted(path.toString())));
    if (absent == AbsentColumns.NULL) {
      arguments.append(" --absent null");
    }
    if (instancesFromBucket) {
      arguments.append(" --instances-from-bucket");
    }
    if (bucketEndpoint != null) {
      arguments.append(" --bucket-endpoint ").append(quoted(bucketEndpoint.toString()));
    }
    return arguments.toString();
  }

  private static String quoted(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
