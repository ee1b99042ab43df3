package io.github.idc4j.service.http;

import io.github.idc4j.service.data.AbsentColumns;
import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.engine.Dialect;
import io.github.idc4j.service.query.Filters;
import java.util.Map;

/** Refuses requests for columns that the data set does not have. */
final class DataColumns {

  private final Dialect dialect;
  private final AbsentColumns absentColumns;

  DataColumns(Dialect dialect, AbsentColumns absentColumns) {
    this.dialect = dialect;
    this.absentColumns = absentColumns;
  }

  /**
   * Refuses a request that filters by columns that the data set does not have. With {@link
   * AbsentColumns#REFUSE}, also refuses a request whose rows contain such columns.
   *
   * @param rows the attributes that each row contains, by the name that the request uses
   */
  void require(Map<String, Attribute> rows, Filters filters) {
    require(filters.attributes());
    if (absentColumns == AbsentColumns.REFUSE) {
      require(rows);
    }
  }

  /**
   * Refuses a request that needs columns that the data set does not have.
   *
   * @param attributes the attributes of the columns, by the name that the request uses
   */
  void require(Map<String, Attribute> attributes) {
    attributes.forEach(
        (name, attribute) -> {
          if (!dialect.hasColumn(attribute)) {
            throw ApiException.badRequest(
                "The data of this service has no column "
                    + name
                    + ". "
                    + dialect.whyAbsent(attribute));
          }
        });
  }
}
