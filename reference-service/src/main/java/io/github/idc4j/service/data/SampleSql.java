package io.github.idc4j.service.data;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/**
 * Creates the SQL that generates the sample data.
 *
 * <p>Each value is a hash of the seed, an entity (for example, a patient) and the name of the
 * value. Therefore, values do not depend on the order in which DuckDB computes them.
 */
final class SampleSql {

  /** The number of different results of the macro {@code number}. */
  static final long NUMBERS = 1_000_003;

  private static final String CLINICAL = SourceTable.TCGA_CLINICAL_REL9.tableName();
  private static final String BIOSPECIMEN = SourceTable.TCGA_BIOSPECIMEN_REL9.tableName();

  /** The largest number of series of a study. */
  private static final int SERIES_PER_STUDY = 4;

  private final Catalogue catalogue;
  private final long seed;
  private final SampleSize size;
  private final DrawnValues values = new DrawnValues();
  private final SampleImages images;

  SampleSql(Catalogue catalogue, long seed, SampleSize size) {
    this.catalogue = catalogue;
    this.seed = seed;
    this.size = size;
    this.images = new SampleImages(catalogue, size, values);
  }

  /** Returns the statements to run, in this order, before the queries of {@link #tables}. */
  List<String> statements() {
    return Stream.of(
            macros(),
            entities(),
            size.scaled() ? ScaledSql.statements(seed, size.instances()) : List.<String>of(),
            List.of(
                "CREATE TABLE image AS SELECT "
                    + (size.scaled() ? "series, instances" : "series_index")
                    + ", "
                    + images.series()
                    + " FROM "
                    + (size.scaled() ? ScaledSql.SERIES : "series")))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Returns one query per table, by table name. Each query selects the rows of its table in a fixed
   * order.
   */
  Map<String, String> tables() {
    return Map.of(
        Catalogue.PIVOT,
        images.rows(),
        CLINICAL,
        clinical(),
        BIOSPECIMEN,
        biospecimen(),
        SourceTable.COLLECTIONS_INDEX.tableName(),
        collections(),
        SourceTable.ANALYSIS_RESULTS_INDEX.tableName(),
        values(
            "analysis-results.csv",
            "analysis_result_id",
            "analysis_result_title",
            "\"source_DOI\"",
            "CAST(subjects AS BIGINT) AS subjects",
            "collections",
            "modalities",
            "nullif(updated, '') AS updated",
            "description"),
        SourceTable.VERSION_METADATA_INDEX.tableName(),
        values("versions.csv", "CAST(idc_version AS BIGINT) AS idc_version", "version_timestamp"));
  }

  private static String collections() {
    return """
        SELECT collection_id AS collection_name, collection_id, cancer_type AS cancer_types,
          location AS tumor_locations, patients::BIGINT AS subjects, species,
          [{'source_type': 'original_data', 'source_doi': doi, 'ImageTypes': modalities}]
            AS sources,
          supporting_data, program AS program_id, 'Complete' AS status, date_updated AS updated,
          '<p>Synthetic sample of ' || collection_id || '.</p>' AS description
        FROM collection ORDER BY collection_id
        """;
  }

  /** Returns SQL for the rows of a resource file, in the order of the file. */
  private static String values(String resource, String... columns) {
    List<CSVRecord> rows = Tables.own(resource);
    return rows.stream()
        .map(row -> row.stream().map(Database::quote).collect(Collectors.joining(", ", "(", ")")))
        .collect(
            Collectors.joining(
                ", ",
                "SELECT " + String.join(", ", columns) + " FROM (VALUES ",
                ") AS v("
                    + rows.get(0).getParser().getHeaderNames().stream()
                        .map(name -> '"' + name + '"')
                        .collect(Collectors.joining(", "))
                    + ")"));
  }

  /**
   * Returns the statements that create macros. A macro draws a value, which depends on the seed, an
   * entity and the name of the value.
   */
  private List<String> macros() {
    String drawn = Database.quote(seed + "/") + " || entity || '/' || name";
    return List.of(
        "CREATE MACRO number(entity, name) AS (hash(" + drawn + ") % " + NUMBERS + ")::BIGINT",
        "CREATE MACRO pick(list, entity, name) AS list[1 + number(entity, name) % len(list)]",
        "CREATE MACRO uid(entity, name) AS '1.3.6.1.4.1.14519.5.2.1.' || md5_number("
            + drawn
            + ")::VARCHAR",
        "CREATE MACRO guid(entity, name) AS regexp_replace(md5("
            + drawn
            + "), '(.{8})(.{4}).(.{3}).(.{3})(.{12})', '\\1-\\2-5\\3-a\\4-\\5')");
  }

  /** Returns the statements that create the collections, patients, studies and series. */
  private List<String> entities() {
    String collections =
        Tables.own("collections.csv").stream()
            .filter(row -> size.patients().containsKey(row.get("collection_id")))
            .map(
                row ->
                    Stream.concat(
                            row.stream().limit(row.size() - 1L).map(Database::quote),
                            Stream.of(size.patients().get(row.get("collection_id")).toString()))
                        .collect(Collectors.joining(", ", "(", ")")))
            .collect(Collectors.joining(", "));
    return List.of(
        "CREATE TABLE collection AS SELECT * FROM (VALUES "
            + collections
            + ") AS c(collection_id, program, prefix, cancer_type, location, species, modalities,"
            + " supporting_data, doi, date_updated, patients)",
        """
        CREATE TABLE patient AS
        SELECT c.*, prefix || lpad(n::VARCHAR, greatest(4, length(n::VARCHAR))::INTEGER, '0') AS patient
        FROM collection c, LATERAL (SELECT unnest(range(1, patients + 1)) AS n)
        """,
        """
        CREATE TABLE study AS
        SELECT p.*, patient || '/' || n AS study
        FROM patient p, range(1, 4) r(n)
        WHERE n <= 1 + number(patient, 'studies') % 3
        """,
        """
        CREATE TABLE series AS
        SELECT s.*, study || '/' || n AS series, n AS series_no,
          pick(string_split(modalities, ', '), study || '/' || n, 'modality') AS modality,
          row_number() OVER (ORDER BY study, n) - 1 AS series_index
        FROM study s, range(1, %1$s + 1) r(n)
        WHERE n <= 1 + number(study, 'series') %% %1$s
        """
            // Not %d, because it formats numbers with the digits of the default locale.
            .formatted(size.scaled() ? ScaledSql.SERIES_PER_STUDY : SERIES_PER_STUDY));
  }

  private String clinical() {
    return "SELECT "
        + columns(CLINICAL, "patient")
        + " FROM patient WHERE program = 'TCGA' AND number(patient, 'clinical') % 10 > 0"
        + " ORDER BY patient";
  }

  private String biospecimen() {
    return "SELECT patient AS case_barcode, "
        + columns(BIOSPECIMEN, "sample")
        + " FROM (SELECT *, patient || '-' || lpad(n::VARCHAR, 2, '0') AS sample"
        + " FROM patient, range(1, 3) r(n)"
        + " WHERE program = 'TCGA' AND number(patient, 'samples') % 4 >= n) ORDER BY sample";
  }

  private String columns(String table, String entity) {
    return catalogue.attributes().stream()
        .filter(attribute -> attribute.table().equals(table))
        .map(attribute -> patientValue(attribute, entity) + " AS " + attribute.column())
        .collect(Collectors.joining(", "));
  }

  private String patientValue(Attribute attribute, String entity) {
    String disease = "upper(split_part(collection_id, '_', 2))";
    return switch (attribute.name()) {
      case "case_barcode" -> "patient";
      case "sample_barcode" -> "sample";
      case "case_gdc_id" -> "guid(patient, 'case')";
      case "sample_gdc_id" -> "guid(sample, 'sample')";
      case "program_name" -> "program";
      case "program_dbgap_accession_number" -> "'phs000178'";
      case "project_short_name" -> "'TCGA-' || " + disease;
      case "project_name" -> "cancer_type";
      case "disease_code" -> disease;
      case "tumor_tissue_site" -> "location";
      default -> values.drawn(attribute, entity);
    };
  }
}
