package io.github.idc4j.service.engine;

/** A query that an engine can run. Equal queries have the same rows. */
public sealed interface Query permits Sql, TableScan {}
