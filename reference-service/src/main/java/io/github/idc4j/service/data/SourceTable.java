package io.github.idc4j.service.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables that a data set can contain. The constants have the names of the published tables. */
enum SourceTable {
  DICOM_PIVOT(
      "collection_id", "PatientID", "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"),
  TCGA_CLINICAL_REL9("case_barcode", "project_short_name", "vital_status"),
  TCGA_BIOSPECIMEN_REL9("case_barcode", "sample_barcode"),
  IDC_INDEX(
      "collection_id",
      "PatientID",
      "StudyInstanceUID",
      "SeriesInstanceUID",
      "crdc_series_uuid",
      "instanceCount",
      "aws_bucket"),
  PRIOR_VERSIONS_INDEX("SeriesInstanceUID", "aws_bucket", "gcs_bucket", "max_idc_version"),
  COLLECTIONS_INDEX(
      "collection_id",
      "cancer_types",
      "tumor_locations",
      "species",
      "subjects",
      "sources",
      "supporting_data",
      "program_id",
      "updated",
      "description"),
  ANALYSIS_RESULTS_INDEX(
      "analysis_result_id",
      "source_DOI",
      "subjects",
      "collections",
      "modalities",
      "updated",
      "description"),
  VERSION_METADATA_INDEX("idc_version", "version_timestamp");

  /** The only required column that is not a single value. */
  private static final String NESTED = "sources";

  @SuppressWarnings("ImmutableEnumChecker") // The list is immutable.
  private final List<String> required;

  SourceTable(String... required) {
    this.required = List.of(required);
  }

  /** Returns the name of the published table. */
  String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether the table can consist of several files in a folder with the table's name. */
  boolean hasParts() {
    return this == DICOM_PIVOT || this == TCGA_CLINICAL_REL9 || this == TCGA_BIOSPECIMEN_REL9;
  }

  /**
   * Returns the required columns of this table that {@code columns} does not contain. A column with
   * a nested type does not count; its type is added to its name.
   */
  List<String> missingFrom(Columns columns) {
    return required.stream().flatMap(column -> missing(column, columns).stream()).toList();
  }

  private static Optional<String> missing(String column, Columns columns) {
    Optional<Columns.Column> found = columns.find(column);
    if (found.isEmpty()) {
      return Optional.of(column);
    }
    return column.equals(NESTED) || found.get().fits(Attribute.Kind.STRING)
        ? Optional.empty()
        : Optional.of(column + " (here with the type " + found.get().type() + ")");
  }

  /** Returns the table with a name, ignoring case; empty if no table has this name. */
  static Optional<SourceTable> named(String name) {
    return Stream.of(values()).filter(table -> table.tableName().equalsIgnoreCase(name)).findAny();
  }

  /**
   * Returns the first table for which {@code columns} contains all required columns; empty if no
   * table matches.
   */
  static Optional<SourceTable> withColumns(Columns columns) {
    return Stream.of(values()).filter(table -> table.missingFrom(columns).isEmpty()).findFirst();
  }
}
