package io.github.idc4j.service.engine;

/** What an engine can run. Equal queries have the same rows. */
public sealed interface Query permits Sql, TableScan {}
