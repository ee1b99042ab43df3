package io.github.idc4j.service.engine;

/**
 * All rows of a table, in its own order, which need no work before they are read.
 *
 * @param columns the columns of each row, as SQL
 * @param table the table
 */
public record TableScan(String columns, String table) implements Query {}
