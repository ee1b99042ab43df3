package io.github.idc4j.service.data;

import io.github.idc4j.openapi.IdcOpenApi;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;

/**
 * The attributes and manifest columns of the contract. They are read from the CSV files of the
 * spec.
 */
public final class Catalogue {

  /** The name of the table that has one row per image. */
  public static final String PIVOT = "dicom_pivot";

  /** The attributes that the rows of {@code /dicomMetadata} are sorted by. */
  public static final List<String> PIVOT_ORDER =
      List.of(
          "collection_id", "PatientID", "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID");

  private final Map<String, Attribute> attributes = new LinkedHashMap<>();
  private final List<ManifestColumn> manifestColumns;

  /** Reads the CSV files. */
  public Catalogue() {
    for (CSVRecord row : Tables.read(IdcOpenApi.attributes())) {
      Attribute attribute =
          new Attribute(
              row.get("name"),
              Attribute.Kind.valueOf(row.get("value_type").toUpperCase(Locale.ROOT)),
              row.get("data_type"),
              row.get("data_source"),
              row.get("units"),
              row.get("filter").equals("yes"),
              row.get("query_field").equals("yes"),
              row.get("dicom_metadata").equals("yes"));
      attributes.put(attribute.name(), attribute);
    }
    manifestColumns =
        Tables.read(IdcOpenApi.manifestColumns()).stream()
            .map(
                row ->
                    new ManifestColumn(
                        row.get("key"), attributes.get(row.get("column")), row.get("prefix")))
            .toList();
  }

  /**
   * Returns the attribute with the given name; empty if it does not exist. Names are
   * case-sensitive.
   */
  public Optional<Attribute> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /** Returns all attributes, in the order of the CSV file. */
  public List<Attribute> attributes() {
    return List.copyOf(attributes.values());
  }

  /**
   * Returns all manifest columns, in the order of the CSV file. The primary sort column of a
   * manifest is the requested column that is furthest down the CSV file.
   */
  public List<ManifestColumn> manifestColumns() {
    return manifestColumns;
  }
}
