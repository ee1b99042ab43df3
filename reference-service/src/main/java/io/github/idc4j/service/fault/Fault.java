package io.github.idc4j.service.fault;

/** A rule that a service breaks on purpose; chosen at start, never by a request. */
public enum Fault {
  /** The second page of a walk lacks its last row; neither counts nor tokens say so. */
  LOSE_ROW_ON_PAGE_2,
  /** A 202 of the query family has no token. */
  OMIT_TOKEN_IN_QUERY_202
}
