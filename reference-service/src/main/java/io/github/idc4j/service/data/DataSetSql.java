package io.github.idc4j.service.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Creates the SQL that derives the tables of the service from the published tables. */
final class DataSetSql {

  private static final Map<Attribute.Kind, String> TYPES =
      Map.of(
          Attribute.Kind.STRING, "VARCHAR",
          Attribute.Kind.NUMBER, "DOUBLE",
          Attribute.Kind.LIST, "VARCHAR[]");

  private static final String SERIES_SIZE = "series_size_MB";

  private static final String PAIRS =
      """
       LEFT JOIN (
        SELECT aws_bucket, arg_max(gcs_bucket, max_idc_version) AS gcs_bucket
        FROM prior_versions_index GROUP BY aws_bucket) AS prior_versions_index
      ON prior_versions_index.aws_bucket = idc_index.aws_bucket""";

  private final Catalogue catalogue;
  private final Mapping mapping = new Mapping();
  private final Map<SourceTable, Columns> tables;
  private final boolean sorted;

  /** The source of each column that the data set has, by the name of the attribute. */
  private final Map<String, Mapping.Source> columns = new LinkedHashMap<>();

  /**
   * Creates an instance.
   *
   * @param tables the columns of each published table
   * @param sorted whether the rows of {@code dicom_pivot} are already in {@link
   *     Catalogue#PIVOT_ORDER}
   */
  DataSetSql(Catalogue catalogue, Map<SourceTable, Columns> tables, boolean sorted) {
    this.catalogue = catalogue;
    this.tables = tables;
    this.sorted = sorted;
    for (Attribute attribute : catalogue.attributes()) {
      source(attribute).ifPresent(source -> columns.put(attribute.name(), source));
    }
  }

  /** Returns the SQL statements in the order in which to execute them. */
  List<String> statements() {
    List<String> statements = new ArrayList<>();
    statements.add(images());
    for (SourceTable table :
        List.of(SourceTable.TCGA_CLINICAL_REL9, SourceTable.TCGA_BIOSPECIMEN_REL9)) {
      if (tables.containsKey(table)) {
        statements.add(patients(table));
      }
    }
    statements.add(columns());
    statements.add(versions());
    if (tables.containsKey(SourceTable.COLLECTIONS_INDEX)) {
      statements.add(collections());
    }
    if (tables.containsKey(SourceTable.ANALYSIS_RESULTS_INDEX)) {
      statements.add(analysisResults());
    }
    return statements;
  }

  private boolean hasInstances() {
    return tables.containsKey(SourceTable.DICOM_PIVOT);
  }

  /**
   * Returns the source of an attribute; empty if the data set does not have the attribute. Prefers
   * a column with the same name as the attribute to the sources in the mapping.
   */
  private Optional<Mapping.Source> source(Attribute attribute) {
    Optional<Mapping.Source> same =
        SourceTable.named(attribute.table())
            .flatMap(
                table ->
                    column(table, attribute.name())
                        .filter(column -> column.fits(attribute.kind()))
                        .map(
                            column -> Mapping.Source.of(table, column.name(), Mapping.Kind.EXACT)));
    return same.or(
        () ->
            mapping.sources(attribute).stream()
                .filter(
                    source ->
                        column(source.table(), source.column())
                            .filter(column -> column.fits(attribute.kind()))
                            .isPresent())
                .filter(source -> isPatients(source.table()) || !hasInstances())
                .findFirst());
  }

  private Optional<Columns.Column> column(SourceTable table, String name) {
    return Optional.ofNullable(tables.get(table)).flatMap(columns -> columns.find(name));
  }

  private static boolean isPatients(SourceTable table) {
    return table == SourceTable.TCGA_CLINICAL_REL9 || table == SourceTable.TCGA_BIOSPECIMEN_REL9;
  }

  private String images() {
    String select = select(Catalogue.PIVOT);
    String order =
        Catalogue.PIVOT_ORDER.stream()
            .filter(columns::containsKey)
            .map(name -> '"' + name + "\" NULLS FIRST")
            .collect(Collectors.joining(", "));
    if (hasInstances()) {
      return create(
          Catalogue.PIVOT,
          "SELECT " + select + " FROM dicom_pivot" + (sorted ? "" : " ORDER BY " + order));
    }
    StringBuilder from = new StringBuilder(" FROM idc_index");
    if (tables.containsKey(SourceTable.COLLECTIONS_INDEX)) {
      from.append(
          " LEFT JOIN collections_index"
              + " ON collections_index.collection_id = idc_index.collection_id");
    }
    if (tables.containsKey(SourceTable.PRIOR_VERSIONS_INDEX)) {
      from.append(PAIRS);
    }
    return create(
        Catalogue.PIVOT,
        "SELECT "
            + select
            + ", idc_index.aws_bucket, idc_index.\"instanceCount\", "
            + seriesSize()
            + from
            + " ORDER BY "
            + order);
  }

  /** Returns the size of a series in millions of bytes; null if the index does not have sizes. */
  private String seriesSize() {
    boolean known =
        column(SourceTable.IDC_INDEX, SERIES_SIZE)
            .filter(column -> column.fits(Attribute.Kind.NUMBER))
            .isPresent();
    return "CAST(%s AS DOUBLE) AS \"%s\""
        .formatted(known ? "idc_index.\"" + SERIES_SIZE + '"' : "NULL", SERIES_SIZE);
  }

  private String patients(SourceTable table) {
    String select = select(table.tableName());
    // The biospecimen table needs its key, which is not one of its attributes.
    String key = table == SourceTable.TCGA_BIOSPECIMEN_REL9 ? "case_barcode, " : "";
    return create(
        table.tableName(),
        "SELECT " + key + select + " FROM " + table.tableName() + " ORDER BY case_barcode");
  }

  /**
   * Returns the SQL select list for a table of the service. Column names in DuckDB are
   * case-insensitive, so attributes whose names differ only in case share a column.
   */
  private String select(String table) {
    Map<String, String> select = new LinkedHashMap<>();
    for (Attribute attribute : catalogue.attributes()) {
      Mapping.Source source = columns.get(attribute.name());
      if (source != null && attribute.table().equals(table)) {
        select.putIfAbsent(
            attribute.name().toLowerCase(Locale.ROOT),
            "CAST("
                + source.expression()
                + " AS "
                + TYPES.get(attribute.kind())
                + ") AS "
                + attribute.column());
      }
    }
    return String.join(", ", select.values());
  }

  private String columns() {
    String names =
        columns.entrySet().stream()
            .map(
                column ->
                    "("
                        + Database.quote(column.getKey())
                        + ", "
                        + Database.quote(column.getValue().kind().name())
                        + ")")
            .collect(Collectors.joining(", "));
    String incomplete =
        columns.entrySet().stream()
            .filter(column -> column.getValue().required())
            .map(
                column ->
                    " AND NOT (name = %s AND EXISTS (SELECT 1 FROM %s WHERE \"%s\" IS NULL))"
                        .formatted(
                            Database.quote(column.getKey()),
                            Database.table(Catalogue.PIVOT),
                            column.getKey()))
            .collect(Collectors.joining());
    return create(
        "columns", "SELECT * FROM (VALUES " + names + ") AS c(name, kind) WHERE true" + incomplete);
  }

  private static String versions() {
    return create(
        "versions",
        "SELECT idc_version || '.0' AS idc_data_version, version_timestamp AS date_active,"
            + " idc_version = max(idc_version) OVER () AS active"
            + " FROM version_metadata_index"
            + " WHERE idc_version IS NOT NULL AND version_timestamp IS NOT NULL"
            + " ORDER BY idc_version");
  }

  private static String collections() {
    return create(
        "collections",
        """
        SELECT cancer_types AS cancer_type, collection_id, updated AS date_updated, description,
          original[1].source_doi AS doi,
          array_to_string(
            list_sort(list_distinct(flatten(list_transform(
              original, lambda source: string_split(source."ImageTypes", ', '))))), ', ')
            AS image_types,
          tumor_locations AS location, species, subjects AS subject_count, supporting_data
        FROM (
          SELECT *, list_filter(sources, lambda source: source.source_type = 'original_data')
            AS original
          FROM collections_index)
        WHERE len(original) > 0
        ORDER BY collection_id
        """);
  }

  /**
   * Returns SQL for the table of analysis results. The cancer types and locations of an analysis
   * result are those of its collections. Its releases are all releases since its first series
   * appeared. If {@code idc_index} has no column {@code analysis_result_id}, only the newest
   * release is listed.
   */
  private String analysisResults() {
    boolean isIndexed = column(SourceTable.IDC_INDEX, "analysis_result_id").isPresent();
    String first =
        isIndexed
            ? "SELECT min(series_init_idc_version) FROM idc_index i"
                + " WHERE i.analysis_result_id = r.analysis_result_id"
            : "SELECT max(idc_version) FROM version_metadata_index";
    String ofCollections =
        tables.containsKey(SourceTable.COLLECTIONS_INDEX)
            ? "(SELECT string_agg(DISTINCT name, ', ' ORDER BY name) FROM ("
                + "SELECT unnest(string_split(%s, ', ')) AS name FROM collections_index c"
                + " WHERE list_contains(string_split(r.collections, ', '), c.collection_id)))"
            : "NULL";
    return create(
        "analysis_results",
        "SELECT true AS active, modalities AS \"analysisArtifacts\", coalesce("
            + ofCollections.replace("%s", "c.cancer_types")
            + ", '') AS cancer_type, collections, updated AS date_updated, description,"
            + " \"source_DOI\" AS doi, coalesce("
            + ofCollections.replace("%s", "c.tumor_locations")
            + ", '') AS location, subjects AS subject_count,"
            + " coalesce((SELECT list(v.idc_version || '.0' ORDER BY v.idc_version)"
            + " FROM version_metadata_index v WHERE v.idc_version >= ("
            + first
            + ")), []) AS idc_data_versions"
            + " FROM analysis_results_index r ORDER BY analysis_result_id");
  }

  private static String create(String table, String query) {
    return "CREATE TABLE " + Database.DATA + "." + table + " AS " + query;
  }
}
