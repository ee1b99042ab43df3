package io.github.idc4j.service.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
    if (files.containsKey(SourceTable.IDC_INDEX)) {
      requireSame(statement, files);
    }
  }

  private static void requireSame(Statement statement, Map<SourceTable, List<SourceFile>> files)
      throws DataSetException, SQLException {
    long published = number(statement, "SELECT max(idc_version) FROM version_metadata_index");
    long series = number(statement, "SELECT max(series_revised_idc_version) FROM idc_index");
    if (published != series) {
      throw new DataSetException(
          "The data mixes releases: the newest release in %s is %d, but the newest series in %s are from release %d. Use only files from the same release."
              .formatted(
                  names(files.get(SourceTable.VERSION_METADATA_INDEX)),
                  published,
                  names(files.get(SourceTable.IDC_INDEX)),
                  series));
    }
  }

  private static String names(List<SourceFile> files) {
    return files.stream().map(SourceFile::displayName).collect(Collectors.joining(", "));
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
