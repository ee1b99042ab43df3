package io.github.idc4j.conformance.run;

/** The status of a check. */
public enum Status {
  /** The service satisfies the rules. */
  PASS,
  /** The service violates a rule. */
  FAIL,
  /** The service violates a rule that it should or may satisfy. */
  WARN,
  /** The service violates a rule, which is a known failure. */
  KNOWN,
  /** The check could not be performed; the message is the reason. */
  SKIP,
  /** The check needs what the service's owner declares absent. */
  NOT_OFFERED,
  /** The service stopped responding. */
  AWAY,
  /** The service did not respond in time. */
  SLOW,
  /** The suite itself failed. */
  ERROR
}
