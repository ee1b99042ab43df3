package io.github.idc4j.service.fault;

/**
 * A way to make the service violate a rule of the contract, or fail. Faults are chosen when the
 * service starts. Requests cannot choose them.
 */
public enum Fault {
  /**
   * The second page of a walk lacks its last row. The field {@code rowsReturned} counts only the
   * rows that remain, and the third page starts after the missing row.
   */
  LOSE_ROW_ON_PAGE_2,
  /** A 202 response to a query contains no page token. */
  OMIT_TOKEN_IN_QUERY_202,
  /**
   * Every query fails. The first page then fails at once or, if the service first returns 202, a
   * later request with the page token fails.
   */
  FAIL_QUERIES
}
