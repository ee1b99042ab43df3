package io.github.idc4j.bigquery;

import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.query.Filters;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Creates random filters with values of the data. Equal seeds create equal filters. */
final class RandomFilters {

  private static final int MAX_VALUES = 60;

  private final Database database;
  private final Random random;
  private final List<Attribute> attributes;
  private final Map<String, List<Object>> values = new HashMap<>();

  RandomFilters(Catalogue catalogue, Database database, long seed) {
    this.database = database;
    this.random = new Random(seed);
    this.attributes =
        catalogue.attributes().stream()
            .filter(attribute -> attribute.filter() && !attribute.table().isEmpty())
            .toList();
  }

  /** Returns filters as JSON. */
  String next() throws SQLException {
    Map<String, List<Object>> filters = new TreeMap<>();
    int count = 1 + random.nextInt(2);
    while (filters.size() < count) {
      add(filters, pick(attributes));
    }
    return JsonMapper.shared().writeValueAsString(filters);
  }

  private void add(Map<String, List<Object>> filters, Attribute attribute) throws SQLException {
    List<Object> present = values(attribute);
    if (present.isEmpty()) {
      return;
    }
    if (attribute.kind() == Attribute.Kind.NUMBER) {
      List<String> suffixes = Filters.rangeSuffixes();
      int form = random.nextInt(suffixes.size() + 1);
      String suffix = form == suffixes.size() ? "" : suffixes.get(form);
      filters.put(attribute.name() + suffix, numbers(present, suffix.contains("btw") ? 2 : 1));
    } else {
      filters.put(attribute.name(), texts(present));
    }
  }

  private List<Object> numbers(List<Object> present, int count) {
    List<Double> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double number = ((Number) pick(present)).doubleValue();
      numbers.add(random.nextInt(3) == 0 ? number + random.nextGaussian() : number);
    }
    numbers.sort(null);
    return List.copyOf(numbers);
  }

  private List<Object> texts(List<Object> present) {
    if (random.nextInt(4) == 0) {
      String text = pick(present).toString();
      return List.of(otherCase(text.substring(0, random.nextInt(text.length() + 1))) + "%");
    }
    List<Object> texts = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      texts.add(random.nextInt(6) == 0 ? "None" : otherCase(pick(present).toString()));
    }
    return texts;
  }

  private String otherCase(String text) {
    return switch (random.nextInt(3)) {
      case 0 -> text.toLowerCase(Locale.ROOT);
      case 1 -> text.toUpperCase(Locale.ROOT);
      default -> text;
    };
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private List<Object> values(Attribute attribute) throws SQLException {
    List<Object> known = values.get(attribute.name());
    if (known != null) {
      return known;
    }
    List<Object> found = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT DISTINCT %1$s FROM %2$s WHERE %1$s IS NOT NULL ORDER BY hash(%1$s) LIMIT %3$d"
                    .formatted(
                        attribute.column(), Database.table(attribute.table()), MAX_VALUES))) {
      while (rows.next()) {
        found.add(rows.getObject(1));
      }
    }
    values.put(attribute.name(), found);
    return found;
  }
}
