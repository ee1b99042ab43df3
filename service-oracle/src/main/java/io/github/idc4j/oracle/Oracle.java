package io.github.idc4j.oracle;

import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.ManifestColumn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Evaluates filters in plain Java over the rows of a data set, by the rules of the contract. Shares
 * no code with the service, except the catalogue of attributes.
 */
public final class Oracle {

  private static final String PATIENT = "PatientID";
  private static final String BARCODE = "case_barcode";

  private final Catalogue catalogue = new Catalogue();
  private final boolean deployed;
  private final Map<String, Table> tables = new HashMap<>();
  private final Map<Attribute, Column> compared = new HashMap<>();

  private Oracle(boolean deployed) {
    this.deployed = deployed;
  }

  /**
   * Reads the tables of a data set.
   *
   * @param folder the folder with the Parquet files, whose names are the names of the tables
   * @param deployed whether filters mean what they meant in the deployed service: a value with a
   *     percent sign is not a pattern, and clinical and biospecimen filters also select images of
   *     patients without a row in the table of the filter
   */
  public static Oracle read(Path folder, boolean deployed) throws SQLException {
    Oracle oracle = new Oracle(deployed);
    for (String name : List.of(Catalogue.PIVOT, "tcga_clinical_rel9", "tcga_biospecimen_rel9")) {
      Path file = file(folder, name);
      if (Files.exists(file)) {
        oracle.tables.put(name, Table.read(file));
      }
    }
    if (!oracle.tables.containsKey(Catalogue.PIVOT)) {
      oracle.tables.put(Catalogue.PIVOT, series(folder));
    }
    return oracle;
  }

  private static Path file(Path folder, String table) {
    return folder.resolve(table + ".parquet");
  }

  /** Reads the series of an index, and derives the columns that the index does not have. */
  private static Table series(Path folder) throws SQLException {
    Table series = Table.read(file(folder, "idc_index"));
    Table collections = Table.read(file(folder, "collections_index"));
    Column ids = series.column("collection_id");
    Map.of(
            "Program", "program_id",
            "tcia_species", "species",
            "tcia_tumorLocation", "tumor_locations")
        .forEach(
            (name, source) ->
                series.add(name, ids.map(values(collections, "collection_id", source)::get)));
    Column buckets = series.column("aws_bucket").map(gcsBuckets(folder)::get);
    if (!buckets.hasNull()) {
      series.add("gcs_bucket", buckets);
    }
    return series;
  }

  private static Map<Object, Object> values(Table table, String key, String column) {
    Map<Object, Object> values = new HashMap<>();
    for (int row = 0; row < table.rows(); row++) {
      values.put(cell(table, key, row), cell(table, column, row));
    }
    return values;
  }

  private static Object cell(Table table, String column, int row) {
    return table.column(column).value(table.column(column).rank(row));
  }

  /** Returns the bucket in Google Cloud that has the same content, by bucket in AWS. */
  private static Map<Object, Object> gcsBuckets(Path folder) throws SQLException {
    Table prior = Table.read(file(folder, "prior_versions_index"));
    Map<Object, Object> buckets = new HashMap<>(Map.of("idc-open-data-cr", "idc-open-cr"));
    Map<Object, Double> newest = new HashMap<>();
    for (int row = 0; row < prior.rows(); row++) {
      Object bucket = cell(prior, "aws_bucket", row);
      Double release = (Double) cell(prior, "max_idc_version", row);
      if (release >= newest.getOrDefault(bucket, release)) {
        newest.put(bucket, release);
        buckets.put(bucket, cell(prior, "gcs_bucket", row));
      }
    }
    return buckets;
  }

  /** Returns whether filters mean what they meant in the deployed service. */
  boolean isDeployed() {
    return deployed;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  /** Returns the column of an attribute; empty if the data set does not have it. */
  Optional<Column> column(Attribute attribute) {
    return Optional.ofNullable(tables.get(attribute.table()))
        .flatMap(table -> table.find(attribute.name()));
  }

  /** Returns the number of images; of series, if the data set has no images. */
  int images() {
    return images(PATIENT).rows();
  }

  /** Returns whether the data set has a table. */
  boolean has(String table) {
    return tables.containsKey(table);
  }

  /** Returns the column of a table of patients that contains the values of {@code PatientID}. */
  Column patients(String table) {
    return tables.get(table).column(BARCODE);
  }

  Column images(String column) {
    return tables.get(Catalogue.PIVOT).column(column);
  }

  /** Returns the rows that a service must return for a request. */
  ExpectedRows rows(Preview request) {
    return new ExpectedRows(cells(request), matches(request.filters()));
  }

  private List<ExpectedRows.Cell> cells(Preview request) {
    List<ExpectedRows.Cell> cells = new ArrayList<>();
    if (!request.isManifest()) {
      for (String field : request.columns()) {
        cells.add(cell(field, catalogue.attribute(field).orElseThrow(), ""));
      }
      return cells;
    }
    for (ManifestColumn column : catalogue.manifestColumns()) {
      if (request.columns().contains(column.key())) {
        cells.add(cell(column.key(), column.attribute(), column.prefix()));
      }
    }
    // The rows of a manifest are sorted by the last column first.
    cells.add(0, cells.remove(cells.size() - 1));
    return cells;
  }

  private ExpectedRows.Cell cell(String key, Attribute attribute, String prefix) {
    return new ExpectedRows.Cell(key, column(attribute).orElseThrow(), prefix);
  }

  /** Returns the numbers of the images that the filters select. */
  private int[] matches(Map<String, List<Object>> filters) {
    List<Condition> onImages = new ArrayList<>();
    Map<String, List<Condition>> onPatients = new LinkedHashMap<>();
    filters.forEach(
        (name, values) -> {
          String suffix = suffix(name);
          Attribute attribute =
              catalogue.attribute(name.substring(0, name.length() - suffix.length())).orElseThrow();
          Condition condition =
              new Condition(
                  compared.computeIfAbsent(
                      attribute, key -> Rules.compared(column(key).orElseThrow())),
                  Rules.rule(attribute, suffix, values, !deployed));
          if (attribute.table().equals(Catalogue.PIVOT)) {
            onImages.add(condition);
          } else {
            onPatients.computeIfAbsent(attribute.table(), key -> new ArrayList<>()).add(condition);
          }
        });
    onPatients.forEach(
        (table, conditions) ->
            onImages.add(new Condition(images(PATIENT), patients(table, conditions))));
    return rows(images(), onImages).toArray();
  }

  private String suffix(String name) {
    return catalogue.attribute(name).isPresent()
        ? ""
        : Stream.concat(Rules.ONE_BOUND.stream(), Rules.TWO_BOUNDS.stream())
            .filter(name::endsWith)
            .findAny()
            .orElseThrow();
  }

  /** A condition on the values of a column. */
  private record Condition(Column column, Predicate<Object> rule) {}

  private static IntStream rows(int count, List<Condition> conditions) {
    IntStream rows = IntStream.range(0, count);
    for (Condition condition : conditions) {
      boolean[] accepted = condition.column().accepted(condition.rule());
      rows = rows.filter(row -> accepted[condition.column().rank(row)]);
    }
    return rows;
  }

  /** Returns the rule for the patients that have a row in a table that meets all conditions. */
  private Predicate<Object> patients(String table, List<Condition> conditions) {
    Column barcodes = patients(table);
    Set<Object> matched = new HashSet<>();
    rows(barcodes.rows(), conditions)
        .forEach(row -> matched.add(barcodes.value(barcodes.rank(row))));
    Set<Object> known = new HashSet<>();
    IntStream.range(0, barcodes.size()).forEach(rank -> known.add(barcodes.value(rank)));
    return patient ->
        patient != null && (matched.contains(patient) || (deployed && !known.contains(patient)));
  }
}
