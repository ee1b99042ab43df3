package io.github.idc4j.service.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much the sample holds.
 *
 * @param patients patients of each collection; collections that are not named are left out
 * @param instances instances of all collections together
 */
public record SampleSize(Map<String, Integer> patients, int instances) {

  /** Copies the map. */
  public SampleSize {
    patients = Map.copyOf(patients);
  }

  /** Returns the size of the default data: 20 collections, 2,000 patients, 100,000 instances. */
  public static SampleSize standard() {
    Map<String, Integer> patients = new LinkedHashMap<>();
    Tables.own("collections.csv")
        .forEach(
            row -> patients.put(row.get("collection_id"), Integer.valueOf(row.get("patients"))));
    return new SampleSize(patients, 100_000);
  }

  /** Returns the same patients with another number of instances. */
  public SampleSize withInstances(int newInstances) {
    return new SampleSize(patients, newInstances);
  }

  /** Returns a text that tells sizes apart. */
  String fingerprint() {
    return patients.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","))
        + ";"
        + instances;
  }
}
