package io.github.idc4j.service.http;

import io.github.idc4j.service.query.DeployedFilters;
import io.github.idc4j.service.query.Family;
import io.github.idc4j.service.query.FilterRules;
import io.github.idc4j.service.query.Filters;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The rules of the deployed service, with the faults that programs met. */
final class DeployedRules implements Rules {

  /**
   * The deployed pattern accepts quotes within the brackets. This one does not, so that the time to
   * match grows only with the length of the text.
   */
  private static final Pattern SCRIPT =
      Pattern.compile("</?script>|</?iframe>|!!?\\[]|\\[]\\[\"[^\"\\n]*+\"]");

  /** An integer as Python reads it, with digits of any script. */
  private static final Pattern INTEGER = Pattern.compile("(?U)[+-]?\\d{1,999}");

  private static final Pattern UNDERSCORE = Pattern.compile("(?U)(?<=\\d)_(?=\\d)");

  /** No result has more rows. */
  private static final BigInteger MAX_PAGE_SIZE = BigInteger.valueOf(Integer.MAX_VALUE);

  @Override
  public FilterRules filters() {
    return FilterRules.DEPLOYED;
  }

  @Override
  public boolean isId(String digits) {
    return true;
  }

  @Override
  public boolean existsWithoutSlash(boolean slashed) {
    return !slashed;
  }

  @Override
  public boolean acceptsUnnamed() {
    return true;
  }

  @Override
  public boolean isBody(JsonNode body) {
    return body.isContainer() || body.isString();
  }

  @Override
  public ApiException wrongBody(String reason, String fault) {
    return ApiException.of(500, fault);
  }

  @Override
  public void requireHarmless(JsonNode text) {
    Matcher matcher = SCRIPT.matcher(text.asString(""));
    if (matcher.find()) {
      throw Rules.script(
          "<re.Match object; span=(%s, %s), match='%s'>"
              .formatted(matcher.start(), matcher.end(), matcher.group()));
    }
  }

  @Override
  public void requireTexts(JsonNode name, JsonNode description) {
    if (!(name.isMissingNode() || name.isString())
        || !(description.isMissingNode() || description.isString())) {
      throw ApiException.badRequest(QueryResource.IMPROPER);
    }
  }

  @Override
  public ApiException noAccount(String name) {
    return ApiException.of(
        500, "Encountered an error while attempting to retrieve user information.");
  }

  @Override
  public boolean canSave(Filters filters) {
    return !saved(filters).isEmpty();
  }

  @Override
  public Reply notSaved(String message, String reason) {
    return Reply.ok(Map.of("cohort_properties", Map.of("code", 400, "message", message)));
  }

  @Override
  public Filters saved(Filters filters) {
    return DeployedFilters.saved(filters);
  }

  @Override
  public Map<String, List<Object>> echoed(Filters filters) {
    return DeployedFilters.withoutNulls(filters).orElse(filters).echoed();
  }

  @Override
  public Filters printed(Filters filters) {
    return DeployedFilters.withoutNulls(filters)
        .orElseThrow(() -> ApiException.badRequest("Error while trying to obtain cohort objects."));
  }

  @Override
  public void requireRunnable(Filters filters) {
    if (DeployedFilters.fail(filters)) {
      throw failedJob("a filter has a value of another type than its column");
    }
  }

  @Override
  public ApiException noColumns() {
    return failedJob("the query has no column");
  }

  private static ApiException failedJob(String message) {
    return ApiException.of(
        500,
        "[ERROR] During query job %s: [{'reason': 'invalidQuery', 'message': '%s'}]"
            .formatted(UUID.randomUUID(), message));
  }

  @Override
  public List<BigInteger> cohortIds(JsonNode body) {
    List<BigInteger> ids = new ArrayList<>();
    JsonNode listed = body.path("cohorts");
    for (JsonNode id : listed) {
      if (id.isIntegralNumber()) {
        ids.add(id.bigIntegerValue());
      }
    }
    if (!listed.isArray() || ids.size() < listed.size()) {
      throw ApiException.of(500, "Error while attempting to create this cohort.");
    }
    if (ids.stream().anyMatch(id -> id.bitLength() >= Long.SIZE)) {
      throw ApiException.badRequest(CohortsResource.NOT_DELETED);
    }
    return ids;
  }

  @Override
  public long pageSize(String text, Family family, boolean first) {
    String digits = UNDERSCORE.matcher(text.strip()).replaceAll("");
    if (!INTEGER.matcher(digits).matches()) {
      throw Rules.noInteger(family, first);
    }
    BigInteger pageSize = new BigInteger(digits);
    if (pageSize.signum() < 0) {
      throw Rules.noPage(family);
    }
    return pageSize.min(MAX_PAGE_SIZE).longValueExact();
  }

  @Override
  public boolean shareTokens(Family one, Family other) {
    return one == other || (one != Family.DICOM_METADATA && other != Family.DICOM_METADATA);
  }

  @Override
  public ApiException queryFailed(Family family, boolean first, String reason) {
    return first && family != Family.DICOM_METADATA ? failedJob(reason) : Rules.noPage(family);
  }

  @Override
  public ApiException resultGone(Family family) {
    return Rules.noPage(family);
  }
}
