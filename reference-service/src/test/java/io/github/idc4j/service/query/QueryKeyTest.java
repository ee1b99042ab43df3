package io.github.idc4j.service.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.engine.InstanceQuery;
import io.github.idc4j.service.engine.Query;
import io.github.idc4j.service.engine.Sql;
import io.github.idc4j.service.engine.TableScan;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryKeyTest {

  private static Sql sql(Object... values) {
    return new Sql(
        "a IN (" + String.join(", ", Collections.nCopies(values.length, "?")) + ")",
        List.of(values));
  }

  @Test
  void equalQueriesHaveEqualKeys() {
    assertThat(QueryKey.of(sql("x", 1, List.of("y", "z"))))
        .isEqualTo(QueryKey.of(sql("x", 1, List.of("y", "z"))));
  }

  @Test
  void differentQueriesHaveDifferentKeys() {
    List<Query> queries =
        List.of(
            sql("x", "y"),
            sql("xy", ""),
            sql("x''y"),
            sql("x'", "y"),
            sql("x", "'y"),
            sql(1),
            sql("1"),
            sql(List.of("x", "y")),
            sql(List.of("x"), "y"),
            sql(List.of("x', 'y")),
            new InstanceQuery(sql("x", "y"), "b"),
            new InstanceQuery(sql("x", "y"), "c"),
            new TableScan("b", "c"));

    assertThat(queries.stream().map(QueryKey::of)).doesNotHaveDuplicates();
  }
}
