package io.github.idc4j.cli.export;

import java.util.Arrays;
import java.util.Optional;

/**
 * The public buckets of IDC. A bucket of Google Cloud Storage and its bucket in AWS have the same
 * objects.
 */
enum Bucket {
  IDC_OPEN_DATA("idc-open-data", "idc-open-data"),
  /** Has the objects of {@link #IDC_OPEN_DATA} in the data before release 20. */
  PUBLIC_DATASETS_IDC("public-datasets-idc", "idc-open-data"),
  IDC_OPEN_IDC1("idc-open-idc1", "idc-open-data-two"),
  IDC_OPEN_CR("idc-open-cr", "idc-open-data-cr");

  private final String gcs;
  private final String aws;

  Bucket(String gcs, String aws) {
    this.gcs = gcs;
    this.aws = aws;
  }

  /** Returns the bucket with this name in Google Cloud Storage. */
  static Optional<Bucket> ofGcs(String name) {
    return Arrays.stream(values()).filter(bucket -> bucket.gcs.equals(name)).findFirst();
  }

  /** Returns the name in Google Cloud Storage, which version 1 uses. */
  String gcs() {
    return gcs;
  }

  /** Returns the name in a cloud. */
  String in(S5cmdManifest.Cloud cloud) {
    return cloud == S5cmdManifest.Cloud.AWS ? aws : gcs;
  }
}
