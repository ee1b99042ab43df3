package io.github.idc4j.service.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The size of the sample data.
 *
 * @param patients the number of patients in each collection, by collection ID; collections that are
 *     not in the map are left out
 * @param instances the number of DICOM instances in all collections together
 * @param scaled whether the series have very different numbers of instances, and the columns as
 *     many null values, as in the index of a real IDC release; if false, all series have about the
 *     same number of instances
 */
public record SampleSize(Map<String, Integer> patients, long instances, boolean scaled) {

  /** The smallest number of instances of {@link #scaled(long)}. */
  public static final long MIN_SCALED = 100_000;

  /** The largest number of instances of {@link #scaled(long)}. */
  public static final long MAX_SCALED = 50_000_000;

  /** Creates a size with a copy of the map. */
  public SampleSize {
    patients = Map.copyOf(patients);
  }

  /** Creates a size in which all series have about the same number of instances. */
  public SampleSize(Map<String, Integer> patients, long instances) {
    this(patients, instances, false);
  }

  /** Returns the default size: 20 collections, 2,000 patients and 100,000 instances. */
  public static SampleSize standard() {
    Map<String, Integer> patients = new LinkedHashMap<>();
    Tables.own("collections.csv")
        .forEach(
            row -> patients.put(row.get("collection_id"), Integer.valueOf(row.get("patients"))));
    return new SampleSize(patients, 100_000);
  }

  /**
   * Returns a size that is large enough for every check of the conformance suite: 4 collections
   * with 60 patients and about 2,000 instances each.
   */
  public static SampleSize small() {
    return new SampleSize(
        Map.of("lidc_idri", 60, "nlst", 60, "tcga_kirc", 60, "tcga_luad", 60), 8000);
  }

  /**
   * Returns a size with 20 collections and the given number of instances. The sizes of collections
   * and series and the null values are distributed as in the index of a real IDC release.
   *
   * @param instances the number of instances, from {@link #MIN_SCALED} to {@link #MAX_SCALED}
   * @throws IllegalArgumentException if the number is out of range
   */
  public static SampleSize scaled(long instances) {
    if (instances < MIN_SCALED || instances > MAX_SCALED) {
      throw new IllegalArgumentException(
          "The number of instances must be between %d and %d, but was %d."
              .formatted(MIN_SCALED, MAX_SCALED, instances));
    }
    double series = instances * ((double) IndexStatistics.series() / IndexStatistics.instances());
    double patients = series / IndexStatistics.SERIES_PER_PATIENT;
    return new SampleSize(
        IndexStatistics.collections().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    share -> Math.max(1, (int) Math.round(patients * share.getValue())))),
        instances,
        true);
  }

  /** Returns a string that identifies the size. */
  String fingerprint() {
    return patients.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","))
        + ";"
        + instances
        + (scaled ? ";scaled" : "");
  }
}
