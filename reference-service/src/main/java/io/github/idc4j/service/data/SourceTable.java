package io.github.idc4j.service.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables that a data set can have. They have the names under which IDC publishes them. */
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

  @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed.
  private final List<String> required;

  SourceTable(String... required) {
    this.required = List.of(required);
  }

  /** Returns the name of the table. */
  String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether IDC publishes the table in several files, in a folder with its name. */
  boolean hasParts() {
    return this == DICOM_PIVOT || this == TCGA_CLINICAL_REL9 || this == TCGA_BIOSPECIMEN_REL9;
  }

  /** Returns the columns that this table must have but that are not in {@code columns}. */
  List<String> missingFrom(Columns columns) {
    return required.stream().filter(column -> columns.find(column).isEmpty()).toList();
  }

  /** Returns the table with that name, which is case-insensitive. */
  static Optional<SourceTable> named(String name) {
    return Stream.of(values()).filter(table -> table.tableName().equalsIgnoreCase(name)).findAny();
  }

  /** Returns the table that has these columns. */
  static Optional<SourceTable> withColumns(Columns columns) {
    return Stream.of(values()).filter(table -> table.missingFrom(columns).isEmpty()).findFirst();
  }
}
