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
 */
public record SampleSize(Map<String, Integer> patients, int instances) {

  /** Creates a size with a copy of the map. */
  public SampleSize {
    patients = Map.copyOf(patients);
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

  /** Returns a string that identifies the size. */
  String fingerprint() {
    return patients.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","))
        + ";"
        + instances;
  }
}
