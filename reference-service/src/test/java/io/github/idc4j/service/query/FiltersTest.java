package io.github.idc4j.service.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.engine.DuckDbDialect;
import io.github.idc4j.service.engine.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares the rows that filters select in DuckDB with the rows that the contract's rules select in
 * Java.
 */
class FiltersTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Catalogue CATALOGUE = new Catalogue();
  private static final String KEY = "SOPInstanceUID";

  @TempDir static Path home;

  private static Database database;
  private static Connection connection;
  private static DuckDbDialect dialect;

  @BeforeAll
  static void open() throws IOException, SQLException {
    database =
        Database.open(
            CATALOGUE,
            List.of(),
            home,
            1,
            new SampleSize(Map.of("tcga_luad", 15, "tcga_kirc", 10, "nlst", 5), 600));
    connection = database.connect();
    dialect = new DuckDbDialect(database);
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    database.close();
  }

  private static Filters read(Object filters) throws InvalidFiltersException {
    return Filters.read(CATALOGUE, JSON.valueToTree(filters));
  }

  private static List<Map<String, Object>> select(String sql, List<Object> values)
      throws SQLException {
    return select(connection, sql, values);
  }

  private static List<Map<String, Object>> select(
      Connection connection, String sql, List<Object> values) throws SQLException {
    List<Map<String, Object>> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Map<String, Object> row = new HashMap<>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            row.put(rows.getMetaData().getColumnName(i), rows.getObject(i));
          }
          found.add(row);
        }
      }
    }
    return found;
  }

  private static Set<Object> matched(Object filters) throws InvalidFiltersException, SQLException {
    Sql where = read(filters).where(dialect, FilterRules.DEFAULT);
    return select(
            "SELECT \""
                + KEY
                + "\" FROM "
                + Database.table(Catalogue.PIVOT)
                + " WHERE "
                + where.text(),
            where.values())
        .stream()
        .map(row -> row.get(KEY))
        .collect(Collectors.toSet());
  }

  /** The last ID has the Kelvin sign, whose lower case is an ASCII letter. */
  @ParameterizedTest
  @ValueSource(strings = {"TCGA_kirc", "tcga_KIRC", "tcga_\u212Airc"})
  void ignoresTheCaseOfCollectionIds(String id) throws InvalidFiltersException, SQLException {
    Set<Object> expected = matched(Map.of("collection_id", List.of("tcga_kirc")));

    assertThat(expected).isNotEmpty();
    assertThat(matched(Map.of("collection_id", List.of(id, "unknown")))).isEqualTo(expected);
    assertThat(matched(Map.of("collection_id", List.of("unknown")))).isEmpty();
  }

  /** Returns the rule of the contract for one filter. */
  private static Predicate<Object> rule(Attribute attribute, String suffix, List<Object> values) {
    if (attribute.kind() == Attribute.Kind.NUMBER) {
      double low = number(values.get(0));
      double high = number(values.get(values.size() - 1));
      return cell -> {
        if (cell == null) {
          return false;
        }
        double seen = number(cell);
        return switch (suffix) {
          case "_lt" -> seen < low;
          case "_lte" -> seen <= low;
          case "_gt" -> seen > low;
          case "_gte" -> seen >= low;
          case "_btw" -> low < seen && seen < high;
          case "_ebtw" -> low <= seen && seen < high;
          case "_btwe" -> low < seen && seen <= high;
          case "_ebtwe" -> low <= seen && seen <= high;
          default -> values.stream().anyMatch(value -> number(value) == seen);
        };
      };
    }
    return cell -> {
      if (cell == null) {
        return values.contains("None");
      }
      if (values.size() == 1 && values.get(0).toString().contains("%")) {
        String pattern =
            Pattern.compile("%")
                .splitAsStream(values.get(0).toString() + " ")
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(cell + " ").matches();
      }
      return values.stream().anyMatch(value -> value.toString().equalsIgnoreCase(cell.toString()));
    };
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  @RepeatedTest(60)
  void selectWhatTheContractSays(RepetitionInfo repetition)
      throws InvalidFiltersException, SQLException {
    long seed = 20_260_101L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    List<Attribute> candidates =
        CATALOGUE.attributes().stream()
            .filter(Attribute::filter)
            .filter(attribute -> !attribute.table().isEmpty())
            .toList();
    Map<String, List<Object>> filters = new HashMap<>();
    Map<String, Set<Object>> patients = new HashMap<>();
    Predicate<Map<String, Object>> expected = row -> true;
    Map<String, Predicate<Map<String, Object>>> ofPatients = new HashMap<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      Attribute attribute = candidates.get(random.nextInt(candidates.size()));
      String suffix = suffix(attribute, random);
      List<Object> values = values(attribute, suffix, random);
      if (filters.containsKey(attribute.name() + suffix)) {
        continue;
      }
      filters.put(attribute.name() + suffix, values);
      Predicate<Object> rule = rule(attribute, suffix, values);
      Predicate<Map<String, Object>> onRow = row -> rule.test(row.get(attribute.name()));
      if (attribute.table().equals(Catalogue.PIVOT)) {
        expected = expected.and(onRow);
      } else {
        ofPatients.merge(attribute.table(), onRow, Predicate::and);
      }
    }
    for (Map.Entry<String, Predicate<Map<String, Object>>> table : ofPatients.entrySet()) {
      patients.put(
          table.getKey(),
          select("SELECT * FROM " + Database.table(table.getKey()), List.of()).stream()
              .filter(table.getValue())
              .map(row -> row.get("case_barcode"))
              .collect(Collectors.toSet()));
    }
    Predicate<Map<String, Object>> all =
        expected.and(
            row -> patients.values().stream().allMatch(set -> set.contains(row.get("PatientID"))));

    Set<Object> keys =
        select("SELECT * FROM " + Database.table(Catalogue.PIVOT), List.of()).stream()
            .filter(all)
            .map(row -> row.get(KEY))
            .collect(Collectors.toSet());

    assertThat(matched(filters)).as("seed %d: %s", seed, filters).isEqualTo(keys);
  }

  private static String suffix(Attribute attribute, Random random) {
    List<String> suffixes = Filters.rangeSuffixes();
    boolean plain = attribute.kind() != Attribute.Kind.NUMBER || random.nextInt(9) == 0;
    return plain ? "" : suffixes.get(random.nextInt(suffixes.size()));
  }

  /**
   * Draws values for a filter. Most values occur in the data, so that some rows have exactly the
   * value of a bound.
   */
  private static List<Object> values(Attribute attribute, String suffix, Random random)
      throws SQLException {
    List<Object> cells =
        select(
                "SELECT DISTINCT "
                    + attribute.column()
                    + " AS v FROM "
                    + Database.table(attribute.table())
                    + " ORDER BY 1 NULLS FIRST",
                List.of())
            .stream()
            .map(row -> row.get("v"))
            .toList();
    boolean number = attribute.kind() == Attribute.Kind.NUMBER;
    int count = suffix.contains("btw") ? 2 : number ? 1 : 1 + random.nextInt(3);
    List<Object> drawn = new ArrayList<>();
    while (drawn.size() < count) {
      Object cell = cells.get(random.nextInt(cells.size()));
      if (number) {
        drawn.add(cell == null ? random.nextInt(100) : cell);
      } else {
        drawn.add(text(cell, count, random));
      }
    }
    if (suffix.contains("btw") && number(drawn.get(0)) > number(drawn.get(1))) {
      drawn.add(drawn.remove(0));
    }
    return drawn;
  }

  private static String text(Object cell, int count, Random random) {
    if (cell == null) {
      return "None";
    }
    String text = cell.toString();
    String other =
        random.nextBoolean() ? text.toLowerCase(Locale.ROOT) : text.toUpperCase(Locale.ROOT);
    return count == 1 && random.nextInt(3) == 0 ? other.substring(0, 1) + "%" : other;
  }

  private static List<String> suffixes() {
    return Filters.rangeSuffixes();
  }

  @ParameterizedTest
  @MethodSource("suffixes")
  void rangesEndWhereTheContractSays(String suffix) throws InvalidFiltersException, SQLException {
    Attribute attribute = CATALOGUE.attribute("SliceThickness").orElseThrow();
    List<Map<String, Object>> rows =
        select(
            "SELECT * FROM " + Database.table(Catalogue.PIVOT) + " WHERE \"SliceThickness\" > 0",
            List.of());
    List<Object> bounds =
        rows.stream().map(row -> row.get(attribute.name())).distinct().sorted().toList();
    List<Object> values = List.of(bounds.get(1), bounds.get(bounds.size() - 2));
    List<Object> operands = suffix.contains("btw") ? values : values.subList(0, 1);
    Predicate<Object> rule = rule(attribute, suffix, operands);

    assertThat(bounds).hasSizeGreaterThan(3);
    assertThat(matched(Map.of(attribute.name() + suffix, operands)))
        .isEqualTo(
            rows.stream()
                .filter(row -> rule.test(row.get(attribute.name())))
                .map(row -> row.get(KEY))
                .collect(Collectors.toSet()))
        .isNotEmpty();
  }

  @Test
  void withoutAnyEverythingIsSelected() throws InvalidFiltersException, SQLException {
    assertThat(matched(Map.of())).hasSize(600);
  }

  @Test
  void imagesAndRowsWithoutAPatientDoNotChangeWhatOthersMatch(@TempDir Path folder)
      throws InvalidFiltersException, IOException, SQLException {
    Path tables = Files.createDirectory(folder.resolve("tables"));
    try (Connection own = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = own.createStatement()) {
      table(
          statement,
          tables,
          "dicom_pivot(collection_id, PatientID, StudyInstanceUID, SeriesInstanceUID,"
              + " SOPInstanceUID)",
          "('c', 'alive', '1', '1', '1'), ('c', 'dead', '2', '2', '2'), ('c', 'other', '3', '3', '3'),"
              + " ('c', NULL, '4', '4', '4')");
      table(
          statement,
          tables,
          "tcga_clinical_rel9(case_barcode, project_short_name, vital_status)",
          "('alive', 'p', 'Alive'), ('dead', 'p', 'Dead'), (NULL, 'p', 'Alive'), (NULL, 'p', 'Dead')");
      table(
          statement,
          tables,
          "version_metadata_index(idc_version, version_timestamp)",
          "(25, '2026-09-26')");
    }
    try (Database own =
            Database.open(
                CATALOGUE, List.of(tables), folder.resolve("home"), 1, SampleSize.small());
        Connection images = own.connect()) {
      Filters filters = read(Map.of("vital_status", List.of("Alive")));

      assertThat(patients(images, filters.where(new DuckDbDialect(own), FilterRules.DEFAULT)))
          .containsExactly("alive");
      assertThat(patients(images, filters.where(new DuckDbDialect(own), FilterRules.DEPLOYED)))
          .containsExactlyInAnyOrder("alive", "other", null);
    }
  }

  private static void table(Statement statement, Path folder, String columns, String rows)
      throws SQLException {
    String name = columns.substring(0, columns.indexOf('('));
    statement.execute(
        "COPY (SELECT * FROM (VALUES %s) AS %s) TO '%s' (FORMAT parquet)"
            .formatted(rows, columns, folder.resolve(name + ".parquet")));
  }

  private static List<Object> patients(Connection images, Sql where) throws SQLException {
    return select(
            images,
            "SELECT * FROM " + Database.table(Catalogue.PIVOT) + " WHERE " + where.text(),
            where.values())
        .stream()
        .map(row -> row.get("PatientID"))
        .toList();
  }

  @Test
  void filtersOnPatientsNeedTheirColumnOfTheImages() throws InvalidFiltersException {
    assertThat(read(Map.of("vital_status", List.of("Alive"))).attributes())
        .containsOnlyKeys("vital_status", "PatientID");
    assertThat(read(Map.of("Modality", List.of("CT"))).attributes()).containsOnlyKeys("Modality");
  }

  @Test
  void collectionsAreEchoedInTheirOwnSpellingAndSavedAsGiven() throws InvalidFiltersException {
    Filters filters =
        read(Map.of("collection_id", List.of("TCGA-LUAD"), "Modality", List.of("ct")));

    assertThat(filters.echoed())
        .isEqualTo(Map.of("collection_id", List.of("tcga_luad"), "Modality", List.of("ct")));
    assertThat(filters.asGiven().get("collection_id")).isEqualTo(List.of("TCGA-LUAD"));
  }

  @Test
  void valuesAreParametersAndNeverPartOfTheSql() throws InvalidFiltersException {
    String value = "x' OR 1=1; --";
    Sql where =
        read(Map.of("Modality", List.of(value), "race", List.of(value, "%")))
            .where(dialect, FilterRules.DEPLOYED);

    assertThat(where.text()).doesNotContain("OR 1=1");
    assertThat(where.values()).contains(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'nope':['a']}|Additional properties are not allowed ('nope' was unexpected)",
        "{'a':[1],'b':[2]}|Additional properties are not allowed ('a', 'b' were unexpected)",
        "{'Modality_lt':['CT']}|Additional properties are not allowed ('Modality_lt' was unexpected)",
        "{'modality':['CT']}|Additional properties are not allowed ('modality' was unexpected)",
        "{'Modality':'CT'}|'CT' is not of type 'array'",
        "{'Modality':[]}|[] is too short",
        "{'Modality':[1]}|1 is not of type 'string'",
        "{'Modality':[null]}|None is not of type 'string'",
        "{'age_at_diagnosis':['a']}|'a' is not of type 'number'",
        "{'age_at_diagnosis':[true]}|True is not of type 'number'",
        "{'age_at_diagnosis_btw':[1]}|[1] is too short",
        "{'age_at_diagnosis_lt':[1,2]}|[1, 2] is too long",
        "{'age_at_diagnosis':[1,2]}|[1, 2] is too long",
        "{'age_at_diagnosis':[1e999]}|Infinity is too large a number",
        "[]|[] is not of type 'object'",
      })
  void othersAreRefusedWithTheReason(String filters, String message) {
    assertThatExceptionOfType(InvalidFiltersException.class)
        .isThrownBy(() -> Filters.read(CATALOGUE, JSON.readTree(filters.replace('\'', '"'))))
        .withMessage(message);
  }
}
