package io.github.idc4j.service.engine;

import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The collection IDs of the data set. Filters ignore the case of IDs, but DuckDB finds rows by
 * their exact ID much faster: the rows are sorted by collection, so it skips those of other
 * collections.
 */
final class CollectionIds {

  /** The name of the attribute. */
  static final String NAME = "collection_id";

  private final Map<String, Set<String>> byLowerCase = new HashMap<>();

  CollectionIds(Database database) throws SQLException {
    if (!database.columnNames().contains(NAME)) {
      return;
    }
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet ids =
            statement.executeQuery(
                "SELECT DISTINCT \"%s\" FROM %s"
                    .formatted(NAME, Database.table(Catalogue.PIVOT)))) {
      while (ids.next()) {
        String id = ids.getString(1);
        if (id != null) {
          byLowerCase.computeIfAbsent(lowerCase(id), key -> new HashSet<>()).add(id);
        }
      }
    }
  }

  /**
   * Returns the IDs of the data set that equal one of the texts, ignoring case; empty if Java may
   * disagree with DuckDB about the case of a letter, which is possible outside ASCII.
   */
  Optional<List<String>> matching(List<String> texts) {
    if (!texts.stream().allMatch(CollectionIds::isAscii)
        || !byLowerCase.keySet().stream().allMatch(CollectionIds::isAscii)) {
      return Optional.empty();
    }
    return Optional.of(
        texts.stream()
            .map(CollectionIds::lowerCase)
            .distinct()
            .flatMap(text -> byLowerCase.getOrDefault(text, Set.of()).stream())
            .sorted()
            .toList());
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static boolean isAscii(String text) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
  }
}
