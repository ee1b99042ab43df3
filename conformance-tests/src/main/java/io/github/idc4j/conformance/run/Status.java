package io.github.idc4j.conformance.run;

/** The status of a check. */
public enum Status {
  /** The service satisfies the rules. */
  PASS,
  /** The service violates a rule. */
  FAIL,
  /** The service violates a SHOULD or MAY rule. */
  WARN,
  /** The service violates a rule, but the failure is known. */
  KNOWN,
  /** The check could not verify its rules. The message contains the reason. */
  SKIP,
  /** The check needs an operation or column that is declared absent. */
  NOT_OFFERED,
  /** The service stopped responding. */
  AWAY,
  /** The service did not respond in time. */
  SLOW,
  /** The suite itself failed. */
  ERROR
}
