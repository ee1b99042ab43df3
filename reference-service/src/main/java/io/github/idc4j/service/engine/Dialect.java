package io.github.idc4j.service.engine;

import io.github.idc4j.service.data.Attribute;
import java.util.List;
import java.util.SortedMap;

/**
 * The SQL of an engine, as far as it differs from the SQL of other engines. A query for distinct
 * rows has the form {@code SELECT row FROM (SELECT DISTINCT columns FROM table WHERE condition) AS
 * found ORDER BY order}.
 *
 * <p>Placeholders of parameters are question marks. Safe for use by several threads.
 */
public interface Dialect {

  /** The name of the subquery that {@link #text} and {@link #order} refer to. */
  String FOUND = "found";

  /** Returns whether the data has the column of an attribute. */
  boolean hasColumn(Attribute attribute);

  /**
   * Returns why the data does not have the column of an attribute, and what the operator of the
   * service can do about it.
   */
  String whyAbsent(Attribute attribute);

  /**
   * Returns the name of a table in responses, such as {@code
   * bigquery-public-data.idc_v4.tcga_clinical_rel9}.
   */
  String dataSource(String table);

  /** Returns the name of a table in SQL. */
  String table(String table);

  /**
   * Returns whether the rows of the table of images are stored in the order of {@code
   * /dicomMetadata}, so that a {@link TableScan} returns them in this order.
   */
  boolean hasSortedImages();

  /**
   * Returns whether queries are free, so that a web page may run one for each click; false by
   * default, because an engine may charge for each query.
   */
  default boolean hasFreeQueries() {
    return false;
  }

  /**
   * Returns SQL for the value of an attribute in its table: a string, a double-precision number, or
   * a list of strings. The data must have the column.
   */
  String value(Attribute attribute);

  /**
   * Returns the columns of the subquery that contain the value of an attribute; null values if the
   * data does not have the column.
   */
  String columns(Attribute attribute);

  /**
   * Returns SQL for the value of an attribute in a row: a string, a list of strings, or null.
   * Refers to the columns of the subquery.
   */
  String text(Attribute attribute);

  /**
   * Returns SQL for a string with a text in front of it; null if the string is null.
   *
   * @param prefix the text, without quotation marks and backslashes
   * @param value SQL for the string
   */
  String prefixed(String prefix, String value);

  /** Returns the term of {@code ORDER BY} that sorts by an attribute, with nulls first. */
  String order(Attribute attribute);

  /**
   * Returns the select list of a row.
   *
   * @param cells SQL for the value of each cell, by the key of the cell
   */
  String row(SortedMap<String, String> cells);

  /**
   * Returns a condition that is true if the value of an attribute, a string or a list of strings,
   * equals one of the texts, ignoring case. The data must have the column.
   *
   * @param parameters the parameters of the query, to which this method adds its own
   */
  String isOneOf(Attribute attribute, List<String> texts, List<Object> parameters);

  /**
   * Returns a condition that is true if a string matches a pattern, ignoring case. In the pattern,
   * a percent sign stands for any characters, and an underscore for one character.
   *
   * @param value SQL for the string
   * @param parameters the parameters of the query, to which this method adds its own
   */
  String isLike(String value, String pattern, List<Object> parameters);
}
