package io.github.idc4j.service.data;

import java.util.List;
import java.util.Locale;
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
  private static final long NUMBERS = 1_000_003;

  private static final String CLINICAL = SourceTable.TCGA_CLINICAL_REL9.tableName();
  private static final String BIOSPECIMEN = SourceTable.TCGA_BIOSPECIMEN_REL9.tableName();

  /** The largest number of series of a study. */
  private static final int SERIES_PER_STUDY = 4;

  /** The first attribute in the catalogue that only images of modality SEG have. */
  private static final String FIRST_MEASUREMENT = "AnatomicRegionSequence";

  /**
   * SQL expressions for the columns whose values differ between the instances of a series, by
   * column name.
   */
  private static final Map<String, String> OF_INSTANCE =
      Map.of(
          "SOPInstanceUID", "uid(instance, 'instance')",
          "crdc_instance_uuid", "instance_guid",
          "gcs_generation", "(1600000000000000 + number(instance, 'generation'))::VARCHAR",
          "gcs_url",
              "'gs://public-datasets-idc/' || crdc_series_uuid || '/' || instance_guid || '.dcm'");

  private final Catalogue catalogue;
  private final long seed;
  private final SampleSize size;
  private final Map<String, CSVRecord> values;

  /** The share of series whose value is null, by the name of the attribute. */
  private final Map<String, Double> nulls;

  SampleSql(Catalogue catalogue, long seed, SampleSize size) {
    this.catalogue = catalogue;
    this.seed = seed;
    this.size = size;
    this.values =
        Tables.own("sample-values.csv").stream()
            .collect(Collectors.toMap(row -> row.get("name"), row -> row));
    this.nulls = size.scaled() ? IndexStatistics.nulls() : Map.of();
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
                    + series()
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
        pivot(),
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

  /** Returns the columns whose values are the same for all images of a series. */
  private String series() {
    return pivotAttributes()
        .filter(attribute -> !OF_INSTANCE.containsKey(attribute.name()))
        .map(attribute -> seriesValue(attribute) + " AS " + attribute.column())
        .collect(Collectors.joining(", "));
  }

  /** Returns SQL for the value of a series. In scaled data, some values are replaced by null. */
  private String seriesValue(Attribute attribute) {
    Double share = nulls.get(attribute.name());
    return share == null
        ? image(attribute)
        : "CASE WHEN number(series, %s) >= %s THEN %s END"
            .formatted(
                Database.quote(attribute.name() + " is null"),
                Math.round(share * NUMBERS),
                image(attribute));
  }

  private String pivot() {
    return size.scaled()
        ? "SELECT " + pivotColumns() + " FROM " + ScaledSql.instances("image")
        : "SELECT "
            + pivotColumns()
            + """
               FROM (
                SELECT i::VARCHAR AS instance, guid(i::VARCHAR, 'instance') AS instance_guid,
                  number(i::VARCHAR, 'series') %% (SELECT count(*) FROM image) AS series_index
                FROM range(%s) r(i)) JOIN image USING (series_index)
              ORDER BY collection_id, "PatientID", "StudyInstanceUID", "SeriesInstanceUID",
                "SOPInstanceUID"
              """
                // Not %d, because it formats numbers with the digits of the default locale.
                .formatted(size.instances());
  }

  private String pivotColumns() {
    return pivotAttributes()
        .map(
            attribute ->
                OF_INSTANCE.containsKey(attribute.name())
                    ? instance(attribute) + " AS " + attribute.column()
                    : "image." + attribute.column())
        .collect(Collectors.joining(", "));
  }

  private String instance(Attribute attribute) {
    return size.scaled() && attribute.name().equals("SOPInstanceUID")
        ? ScaledSql.uid()
        : OF_INSTANCE.get(attribute.name());
  }

  private Stream<Attribute> pivotAttributes() {
    return catalogue.attributes().stream()
        .filter(attribute -> attribute.table().equals(Catalogue.PIVOT))
        // Column names are case-insensitive, so the column program already serves this attribute.
        .filter(attribute -> !attribute.name().equals("Program"));
  }

  private String image(Attribute attribute) {
    return switch (attribute.name()) {
      case "collection_id" -> "collection_id";
      case "program" -> "program";
      case "PatientID" -> "patient";
      case "StudyInstanceUID" -> "uid(study, 'study')";
      case "SeriesInstanceUID" -> "uid(series, 'series')";
      case "FrameOfReferenceUID" -> "uid(study, 'frame')";
      case "crdc_study_uuid" -> "guid(study, 'study')";
      case "crdc_series_uuid" -> "guid(series, 'series')";
      case "gcs_bucket" -> "'public-datasets-idc'";
      case "source_DOI" -> "doi";
      case "Modality" -> "modality";
      case "BodyPartExamined" ->
          size.scaled()
              ? "upper(location)"
              : "CASE WHEN number(series, 'body') % 8 > 0 THEN upper(location) END";
      case "StudyDescription" -> "modality || ' ' || upper(location)";
      case "SeriesDescription" ->
          "pick(['AX', 'COR', 'SAG'], series, 'plane') || ' ' || pick(['T1', 'T2 FSE', 'STANDARD',"
              + " 'LUNG', 'SKULL BASE'], series, 'kernel')";
      case "SeriesNumber" -> "series_no::VARCHAR";
      case "StudyDate" -> "(DATE '2000-01-01' + (number(study, 'date') % 6000)::INTEGER)::VARCHAR";
      case "SOPClassUID" ->
          "CASE modality WHEN 'CT' THEN '1.2.840.10008.5.1.4.1.1.2' WHEN 'MR' THEN"
              + " '1.2.840.10008.5.1.4.1.1.4' WHEN 'PT' THEN '1.2.840.10008.5.1.4.1.1.128' WHEN"
              + " 'SEG' THEN '1.2.840.10008.5.1.4.1.1.66.4' ELSE '1.2.840.10008.5.1.4.1.1.1.2' END";
      case "tcia_tumorLocation" -> "location";
      case "tcia_species" -> "species";
      case "PatientAge" -> "lpad((20 + number(patient, 'age') % 70)::VARCHAR, 3, '0') || 'Y'";
      case "ImageType" ->
          "['ORIGINAL', 'PRIMARY', pick(['AXIAL', 'LOCALIZER', 'M'], series, 'type')]";
      case "Allergies" ->
          "CASE WHEN number(patient, 'allergy') % 9 = 0 THEN ['PENICILLIN'] ELSE []::VARCHAR[] END";
      case "MedicalAlerts" ->
          "CASE WHEN number(patient, 'alert') % 11 = 0 THEN ['LATEX'] ELSE []::VARCHAR[] END";
      case "SliceThickness" ->
          "CASE WHEN modality <> 'SEG' THEN " + drawn(attribute, "series") + " END";
      default ->
          isMeasurement(attribute)
              ? "CASE WHEN modality = 'SEG' THEN " + drawn(attribute, "series") + " END"
              : drawn(attribute, "study");
    };
  }

  private boolean isMeasurement(Attribute attribute) {
    List<String> names = catalogue.attributes().stream().map(Attribute::name).toList();
    return attribute.filter()
        && names.indexOf(attribute.name()) >= names.indexOf(FIRST_MEASUREMENT)
        && !attribute.name().startsWith("Manufacturer")
        && !attribute.name().equals("license_short_name");
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
      default -> drawn(attribute, entity);
    };
  }

  /**
   * Returns SQL that draws a value of an attribute for an entity. A number comes from a range, and
   * a string from a list. If sample-values.csv does not contain the attribute, the range is 0 to
   * 100, and the list is NO, YES and null.
   */
  private String drawn(Attribute attribute, String entity) {
    CSVRecord row = values.get(attribute.name());
    String name = Database.quote(attribute.name());
    if (attribute.kind() == Attribute.Kind.NUMBER) {
      long low = row == null ? 0 : Long.parseLong(row.get("low"));
      long high = row == null ? 100 : Long.parseLong(row.get("high"));
      return String.format(
          Locale.ROOT,
          "CASE WHEN number(%1$s, %2$s || 'n') %% 6 > 0 THEN (%3$d + number(%1$s, %2$s) %% %4$d)::DOUBLE END",
          entity,
          name,
          low,
          high - low + 1);
    }
    String list =
        Stream.of((row == null ? "NO|YES|" : row.get("values")).split("\\|", -1))
            .map(value -> value.isEmpty() ? "NULL" : Database.quote(value))
            .collect(Collectors.joining(", ", "[", "]"));
    return "pick(" + list + "::VARCHAR[], " + entity + ", " + name + ")";
  }
}
