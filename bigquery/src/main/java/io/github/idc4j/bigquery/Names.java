package io.github.idc4j.bigquery;

import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.TableId;

/** Names of data sets and tables, in the form {@code project.dataset.table}. */
final class Names {

  private Names() {}

  /**
   * Reads the name of a data set.
   *
   * @param name the name, with or without its project
   * @param project the project if the name has none
   */
  static DatasetId dataset(String name, String project) {
    int dot = name.lastIndexOf('.');
    return dot < 0
        ? DatasetId.of(project, name)
        : DatasetId.of(name.substring(0, dot), name.substring(dot + 1));
  }

  /** Reads the name of a table, which must have a project and a data set. */
  static TableId table(String name) {
    int dot = name.lastIndexOf('.');
    DatasetId dataset = dataset(name.substring(0, dot), "");
    return TableId.of(dataset.getProject(), dataset.getDataset(), name.substring(dot + 1));
  }

  static String of(DatasetId dataset) {
    return dataset.getProject() + "." + dataset.getDataset();
  }

  static String of(TableId table) {
    return table.getProject() + "." + table.getDataset() + "." + table.getTable();
  }
}
