package io.github.idc4j.service.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** Checks that a data set has a release, and that its tables are from the same release. */
final class Releases {

  /**
   * The earliest release that can be loaded. Wheels of earlier releases do not contain the table
   * {@code version_metadata_index}.
   */
  static final int OLDEST = 24;

  private Releases() {}

  /**
   * Checks the tables of a data set.
   *
   * @param statement a statement of a database that has a view for each table
   * @param files the files of each table
   * @throws DataSetException if a required table is missing, or if the tables are from different
   *     releases
   */
  static void require(Statement statement, Map<SourceTable, List<SourceFile>> files)
      throws DataSetException, SQLException {
    if (!files.containsKey(SourceTable.IDC_INDEX) && !files.containsKey(SourceTable.DICOM_PIVOT)) {
      throw new DataSetException(
          "The data contains neither the table idc_index nor the table dicom_pivot. Add a wheel of"
              + " the Python package idc-index-data, which contains idc_index, or a Parquet export of"
              + " dicom_pivot.");
    }
    if (!files.containsKey(SourceTable.VERSION_METADATA_INDEX)) {
      throw new DataSetException(
          "The release of the data is unknown, because the table version_metadata_index is missing."
              + " Add this table from the same release. Wheels of the Python package idc-index-data"
              + " contain it since release "
              + OLDEST
              + ".");
    }
    if (number(
            statement,
            "SELECT count(*) FILTER (WHERE idc_version IS NOT NULL AND version_timestamp IS NOT NULL) FROM version_metadata_index")
        == 0) {
      throw new DataSetException(
          "The table version_metadata_index has no release with a number and a date. Download the"
              + " table again.");
    }
    for (ReleaseComparison comparison : ReleaseComparison.ALL) {
      comparison.require(statement, files);
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
