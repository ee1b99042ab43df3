package io.github.idc4j.conformance.run;

/**
 * How a run performs its checks. Immutable.
 *
 * @param jobs number of checks that run at the same time
 * @param failFast whether to skip the remaining checks after the first failure
 */
record Execution(int jobs, boolean failFast) {

  static final Execution DEFAULT = new Execution(1, false);

  Execution {
    if (jobs < 1) {
      throw new IllegalArgumentException("jobs must be positive, but was " + jobs);
    }
  }

  Execution withJobs(int newJobs) {
    return new Execution(newJobs, failFast);
  }

  Execution withFailFast(boolean newFailFast) {
    return new Execution(jobs, newFailFast);
  }
}
