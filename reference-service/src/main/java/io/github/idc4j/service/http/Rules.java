package io.github.idc4j.service.http;

import io.github.idc4j.service.query.Family;
import io.github.idc4j.service.query.FilterRules;
import io.github.idc4j.service.query.Filters;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The rules in which the modes of the service differ. The resources contain the rules that all
 * modes share.
 */
interface Rules {

  /** Returns the rules of the default mode, or of the deployed service. */
  static Rules of(boolean deployed) {
    return deployed ? new DeployedRules() : new DefaultRules();
  }

  /** Returns the rules for the meaning of filters. */
  FilterRules filters();

  /** Returns whether digits in a path can be an ID; if not, the path does not exist. */
  boolean isId(String digits);

  /**
   * Returns whether a path exists without the slash at its end, although it has no handler for the
   * method of the request.
   *
   * @param slashed whether the path ended with a slash in the deployed service
   */
  boolean existsWithoutSlash(boolean slashed);

  /** Returns whether an ID token is valid if it has no e-mail address. */
  boolean acceptsUnnamed();

  /** Returns whether a JSON value can be a request body. */
  boolean isBody(JsonNode body);

  /**
   * Returns the error for a request body of a wrong type.
   *
   * @param reason what the client can do, which is the end of an error message
   * @param fault what the operation could not do, which is a whole error message
   */
  ApiException wrongBody(String reason, String fault);

  /** Refuses a name or description that a web page could run as a script. */
  void requireHarmless(JsonNode text);

  /** Refuses the name and the description of a query preview if they have a wrong type. */
  void requireTexts(JsonNode name, JsonNode description);

  /** Returns the error for a caller without an account who asks for the details of the account. */
  ApiException noAccount(String name);

  /** Returns whether a cohort with these filters can be saved. */
  boolean canSave(Filters filters);

  /** Returns the response to a request to save a cohort that cannot be saved. */
  Reply notSaved(String message, String reason);

  /** Returns the filters that a saved cohort has. */
  Filters saved(Filters filters);

  /** Returns the filters that the response to a preview shows. */
  Map<String, List<Object>> echoed(Filters filters);

  /**
   * Returns the filters that a request with the query key {@code sql} uses.
   *
   * @throws ApiException if the service cannot print the SQL of these filters
   */
  Filters printed(Filters filters);

  /** Refuses filters with which every query fails. */
  void requireRunnable(Filters filters);

  /** Returns the error for a query without a column. */
  ApiException noColumns();

  /** Reads the cohort IDs of a request to delete cohorts. */
  List<BigInteger> cohortIds(JsonNode body);

  /**
   * Reads a page size.
   *
   * @param first whether the request is for a first page
   */
  long pageSize(String text, Family family, boolean first);

  /** Returns whether page tokens of one family are valid for another family. */
  boolean shareTokens(Family one, Family other);

  /**
   * Returns the error for a query that failed.
   *
   * @param first whether the request is for a first page
   */
  ApiException queryFailed(Family family, boolean first, String reason);

  /** Returns the error for a page token whose result was deleted. */
  ApiException resultGone(Family family);

  /** Returns the general error of the operations that return pages. */
  static ApiException noPage(Family family) {
    return ApiException.badRequest(
        "[ERROR] "
            + (family == Family.MANIFEST ? "get_manifest" : "get_query")
            + "(): Error trying to preview a cohort");
  }

  /** Returns the error for a page size that is not an integer. */
  static ApiException noInteger(Family family, boolean first) {
    return family == Family.MANIFEST && first
        ? ApiException.badRequest("Parameter page_size must have an integer value")
        : noPage(family);
  }

  /** Returns the error for a name or description that a web page could run as a script. */
  static ApiException script(String seen) {
    return ApiException.badRequest(
        "Your cohort's name or description contains invalid characters; please edit them and"
            + " resubmit. [Saw "
            + seen
            + "]");
  }
}
