package io.github.idc4j.service.data;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A comparison that can show that two tables are from different releases.
 *
 * @param column a column that the comparison needs, but that the first table may not have
 * @param evidence a query for a text that shows that the releases differ; no row if they can be the
 *     same. In the text, <code>{one}</code> and <code>{other}</code> stand for the files of the
 *     tables.
 */
record ReleaseComparison(SourceTable one, SourceTable other, String column, String evidence) {

  /**
   * The comparisons. Only {@code version_metadata_index}, {@code idc_index} and {@code
   * prior_versions_index} contain numbers of releases. The other tables are compared by the
   * collections and analysis results that they name. A table of instances can contain only some of
   * the collections.
   */
  static final List<ReleaseComparison> ALL =
      List.of(
          new ReleaseComparison(
              SourceTable.IDC_INDEX,
              SourceTable.VERSION_METADATA_INDEX,
              "series_revised_idc_version",
              """
              SELECT 'the newest release in {other} is ' || published
                || ', but the newest series in {one} are from release ' || series
              FROM (SELECT max(idc_version) AS published FROM version_metadata_index),
                (SELECT max(series_revised_idc_version) AS series FROM idc_index)
              WHERE published <> series
              """),
          new ReleaseComparison(
              SourceTable.PRIOR_VERSIONS_INDEX,
              SourceTable.VERSION_METADATA_INDEX,
              "max_idc_version",
              """
              SELECT 'the newest release in {other} is ' || published
                || ', but {one} has series that a release after ' || prior || ' replaced'
              FROM (SELECT max(idc_version) AS published FROM version_metadata_index),
                (SELECT max(max_idc_version) AS prior FROM prior_versions_index)
              WHERE prior >= published
              """),
          // A release that revises a series replaces the series of the release before.
          new ReleaseComparison(
              SourceTable.IDC_INDEX,
              SourceTable.PRIOR_VERSIONS_INDEX,
              "series_init_idc_version",
              """
              SELECT 'release ' || revised || ' revised series in {one}'
                || ', but the newest series in {other} are from release ' || prior
              FROM (SELECT max(series_revised_idc_version) AS revised FROM idc_index
                  WHERE series_init_idc_version < series_revised_idc_version),
                (SELECT max(max_idc_version) AS prior FROM prior_versions_index)
              WHERE prior < revised - 1
              """),
          missing(SourceTable.IDC_INDEX, SourceTable.COLLECTIONS_INDEX, "collection_id"),
          missing(SourceTable.COLLECTIONS_INDEX, SourceTable.IDC_INDEX, "collection_id"),
          missing(SourceTable.DICOM_PIVOT, SourceTable.COLLECTIONS_INDEX, "collection_id"),
          missing(SourceTable.IDC_INDEX, SourceTable.ANALYSIS_RESULTS_INDEX, "analysis_result_id"));

  /** Returns a comparison that finds a value that only the first of two tables has. */
  private static ReleaseComparison missing(SourceTable one, SourceTable other, String column) {
    return new ReleaseComparison(
        one,
        other,
        column,
        """
        SELECT '{one} has the %1$s ' || min(%1$s) || ', which {other} does not have'
        FROM %2$s WHERE %1$s NOT IN (SELECT %1$s FROM %3$s WHERE %1$s IS NOT NULL)
        HAVING count(*) > 0
        """
            .formatted(column, one.tableName(), other.tableName()));
  }

  /**
   * Compares the tables, if the data set has both of them. Does not compare tables of one wheel,
   * because a wheel has one release.
   *
   * @param statement a statement of a database that has a view for each table
   * @param files the files of each table
   * @throws DataSetException if the tables are from different releases
   */
  void require(Statement statement, Map<SourceTable, List<SourceFile>> files)
      throws DataSetException, SQLException {
    if (!files.containsKey(one)
        || !files.containsKey(other)
        || !Collections.disjoint(origins(files.get(one)), origins(files.get(other)))
        || Columns.of(statement, one.tableName()).find(column).isEmpty()) {
      return;
    }
    try (ResultSet rows = statement.executeQuery(evidence)) {
      if (rows.next()) {
        throw new DataSetException(
            "The data mixes releases: "
                + rows.getString(1)
                    .replace("{one}", names(files.get(one)))
                    .replace("{other}", names(files.get(other)))
                + ". Use only files from the same release.");
      }
    }
  }

  private static List<Path> origins(List<SourceFile> files) {
    return files.stream().map(SourceFile::origin).toList();
  }

  private static String names(List<SourceFile> files) {
    return files.stream().map(SourceFile::displayName).collect(Collectors.joining(", "));
  }
}
