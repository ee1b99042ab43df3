package io.github.idc4j.service.http;

import io.github.idc4j.service.query.Family;
import io.github.idc4j.service.query.FilterRules;
import io.github.idc4j.service.query.Filters;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The rules of the default mode, without the faults of the deployed service. */
final class DefaultRules implements Rules {

  /** The number of digits of the largest 64-bit integer. */
  private static final int LONG_DIGITS = 19;

  /** The time to match grows with the length of the text, because a match ends at the next tag. */
  private static final Pattern SCRIPT =
      Pattern.compile("</?[a-z][^<>]*+>|!\\[]|javascript:", Pattern.CASE_INSENSITIVE);

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,999}");
  private static final BigInteger MAX_PAGE_SIZE = BigInteger.valueOf(Integer.MAX_VALUE);

  @Override
  public FilterRules filters() {
    return FilterRules.DEFAULT;
  }

  @Override
  public boolean isId(String digits) {
    return digits.length() <= LONG_DIGITS && new BigInteger(digits).bitLength() < Long.SIZE;
  }

  @Override
  public boolean existsWithoutSlash(boolean slashed) {
    return true;
  }

  @Override
  public boolean acceptsUnnamed() {
    return false;
  }

  @Override
  public boolean isBody(JsonNode body) {
    return body.isContainer();
  }

  @Override
  public ApiException wrongBody(String reason, String fault) {
    return ApiException.badRequest(reason);
  }

  @Override
  public void requireHarmless(JsonNode text) {
    if (!text.isString()) {
      throw ApiException.badRequest(
          "A cohort's name and description must be text; the description may be null.");
    }
    Matcher matcher = SCRIPT.matcher(text.asString());
    if (matcher.find()) {
      throw Rules.script("'" + matcher.group() + "'");
    }
  }

  @Override
  public void requireTexts(JsonNode name, JsonNode description) {
    // The check for scripts also refuses a value of a wrong type.
  }

  @Override
  public ApiException noAccount(String name) {
    return ApiException.of(401, "There is no account of " + name + "; sign in first.");
  }

  @Override
  public boolean canSave(Filters filters) {
    return true;
  }

  @Override
  public Reply notSaved(String message, String reason) {
    throw ApiException.badRequest(message + " " + reason);
  }

  @Override
  public Filters saved(Filters filters) {
    return filters;
  }

  @Override
  public Map<String, List<Object>> echoed(Filters filters) {
    return filters.echoed();
  }

  @Override
  public Filters printed(Filters filters) {
    return filters;
  }

  @Override
  public void requireRunnable(Filters filters) {
    // Every query with valid filters can run.
  }

  @Override
  public ApiException noColumns() {
    return ApiException.badRequest(
        "No fields were provided; 'fields' must name at least one field with a column.");
  }

  @Override
  public List<BigInteger> cohortIds(JsonNode body) {
    JsonNode listed = body.path("cohorts");
    if (!listed.isArray()) {
      throw ApiException.badRequest("The request body must contain a list 'cohorts'.");
    }
    List<BigInteger> ids = new ArrayList<>();
    for (JsonNode id : listed) {
      if (!id.canConvertToLong() || !id.isIntegralNumber() || id.asLong() < 0) {
        throw ApiException.badRequest(
            "The entries of 'cohorts' must be integers from 0 to " + Long.MAX_VALUE + ".");
      }
      ids.add(id.bigIntegerValue());
    }
    return ids;
  }

  @Override
  public long pageSize(String text, Family family, boolean first) {
    if (!INTEGER.matcher(text).matches()) {
      throw Rules.noInteger(family, first);
    }
    BigInteger pageSize = new BigInteger(text);
    if (pageSize.signum() <= 0) {
      throw ApiException.badRequest(
          "Parameter page_size must be a positive integer, not " + pageSize);
    }
    if (pageSize.compareTo(MAX_PAGE_SIZE) > 0) {
      throw ApiException.badRequest(
          "Parameter page_size must be at most " + MAX_PAGE_SIZE + ", the largest 32-bit integer");
    }
    return pageSize.longValueExact();
  }

  @Override
  public boolean shareTokens(Family one, Family other) {
    return one == other;
  }

  @Override
  public ApiException queryFailed(Family family, boolean first, String reason) {
    return ApiException.of(500, "[ERROR] The query failed: " + reason);
  }

  @Override
  public ApiException resultGone(Family family) {
    return ApiException.badRequest(
        "The result of this next_page token is gone; begin again with a first page.");
  }
}
