package io.github.idc4j.service.data;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Creates the SQL of the series and the instances of the sample data. */
final class SampleImages {

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

  /** The first attribute in the catalogue that only images of modality SEG have. */
  private static final String FIRST_MEASUREMENT = "AnatomicRegionSequence";

  private final Catalogue catalogue;
  private final SampleSize size;
  private final DrawnValues values;

  /** The share of series whose value is null, by the name of the attribute. */
  private final Map<String, Double> nulls;

  SampleImages(Catalogue catalogue, SampleSize size, DrawnValues values) {
    this.catalogue = catalogue;
    this.size = size;
    this.values = values;
    this.nulls = size.scaled() ? IndexStatistics.nulls() : Map.of();
  }

  /** Returns the columns whose values are the same for all images of a series. */
  String series() {
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
                Math.round(share * SampleSql.NUMBERS),
                image(attribute));
  }

  /** Returns a query for the rows of the table {@code dicom_pivot}. */
  String rows() {
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
          "CASE WHEN modality <> 'SEG' THEN " + values.drawn(attribute, "series") + " END";
      default ->
          isMeasurement(attribute)
              ? "CASE WHEN modality = 'SEG' THEN " + values.drawn(attribute, "series") + " END"
              : values.drawn(attribute, "study");
    };
  }

  private boolean isMeasurement(Attribute attribute) {
    List<String> names = catalogue.attributes().stream().map(Attribute::name).toList();
    return attribute.filter()
        && names.indexOf(attribute.name()) >= names.indexOf(FIRST_MEASUREMENT)
        && !attribute.name().startsWith("Manufacturer")
        && !attribute.name().equals("license_short_name");
  }
}
