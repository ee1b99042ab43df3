package io.github.idc4j.service.engine;

/** A query that an engine can run. Equal queries have the same rows. */
public sealed interface Query permits Sql, TableScan, InstanceQuery {

  /** Returns the query as SQL without parameters, for people to read. */
  String shown();
}
