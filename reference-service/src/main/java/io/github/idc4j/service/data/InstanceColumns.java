package io.github.idc4j.service.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The columns of instances that a manifest can have although the data set has only series. Their
 * values come from the names of the objects in the buckets, as listed in {@code mapping.csv}.
 */
public final class InstanceColumns {

  /** The attribute that rows of instances must be sorted by. */
  public static final String ORDER = "gcs_url";

  private static final String INSTANCES = "SOPInstanceUID";
  private static final String BUCKET = "gcs_bucket";

  private final Mapping mapping = new Mapping();
  private final boolean enabled;

  private InstanceColumns(boolean enabled) {
    this.enabled = enabled;
  }

  /** Returns an instance without columns. */
  public static InstanceColumns none() {
    return new InstanceColumns(false);
  }

  /**
   * Returns the columns for a data set.
   *
   * @throws DataSetException if the instances of the data set cannot be listed
   */
  public static InstanceColumns of(Catalogue catalogue, Database database)
      throws DataSetException, SQLException {
    Optional<String> obstacle = obstacle(catalogue, database);
    if (obstacle.isPresent()) {
      throw new DataSetException(
          "The instances cannot be listed from the buckets: " + obstacle.get());
    }
    return new InstanceColumns(true);
  }

  /**
   * Returns the SQL expression for the value of an attribute; empty if the value does not come from
   * the buckets. The expression uses the columns of the series and the column {@code instance}.
   */
  public Optional<String> expression(Attribute attribute) {
    return enabled ? mapping.listed(attribute) : Optional.empty();
  }

  /** Returns why the instances of a data set cannot be listed; empty if they can be listed. */
  public static Optional<String> obstacle(Catalogue catalogue, Database database)
      throws SQLException {
    if (has(catalogue, database, INSTANCES)) {
      return Optional.of(
          "the data already contains all instances. Remove the option --instances-from-bucket.");
    }
    if (!has(catalogue, database, BUCKET)) {
      return Optional.of(
          "the data has no column gcs_bucket. Add the table prior_versions_index of the same"
              + " release with the option --data.");
    }
    long invalid = invalidSeries(database);
    return invalid == 0
        ? Optional.empty()
        : Optional.of(
            "the table idc_index has %,d series without a valid aws_bucket, instanceCount or crdc_series_uuid of their own. Download the table again."
                .formatted(invalid));
  }

  private static boolean has(Catalogue catalogue, Database database, String attribute) {
    return database.column(catalogue.attribute(attribute).orElseThrow()).isPresent();
  }

  private static long invalidSeries(Database database) throws SQLException {
    String sql =
        """
        SELECT count(*) - count(DISTINCT crdc_series_uuid) FILTER (
          WHERE regexp_full_match(crdc_series_uuid, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
            AND regexp_full_match(aws_bucket, '[a-z0-9][a-z0-9.-]*[a-z0-9]')
            AND "instanceCount" >= 0)
        FROM %s
        """
            .formatted(Database.table(Catalogue.PIVOT));
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
