package io.github.idc4j.service.fault;

/** A rule that a service violates on purpose; selected at start, never by a request. */
public enum Fault {
  /** The second page of a walk lacks its last row; counts and tokens do not show it. */
  LOSE_ROW_ON_PAGE_2,
  /** A 202 of a query has no token. */
  OMIT_TOKEN_IN_QUERY_202
}
