package io.github.idc4j.service;

import io.github.idc4j.service.http.RequestLimits;
import io.github.idc4j.service.query.QueryLimits;
import io.github.idc4j.service.query.ResultLimits;
import java.util.Objects;

/**
 * The limits of a service, which protect it and its other callers from callers that need too much.
 *
 * @param requests the limits for connections and requests
 * @param queries the limits for queries
 * @param results the limits for results
 */
public record Limits(RequestLimits requests, QueryLimits queries, ResultLimits results) {

  /** Checks that no limits are null. */
  public Limits {
    Objects.requireNonNull(requests);
    Objects.requireNonNull(queries);
    Objects.requireNonNull(results);
  }

  /** Returns the default limits. */
  public static Limits standard() {
    return new Limits(RequestLimits.standard(), QueryLimits.standard(), ResultLimits.standard());
  }

  /** Returns the same limits with others for connections and requests. */
  public Limits withRequests(RequestLimits newRequests) {
    return new Limits(newRequests, queries, results);
  }
}
