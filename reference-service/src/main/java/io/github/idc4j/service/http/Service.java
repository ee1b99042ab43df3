package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import io.github.idc4j.service.cohort.Cohort;
import io.github.idc4j.service.cohort.Cohorts;
import io.github.idc4j.service.data.AbsentColumns;
import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.engine.Dialect;
import io.github.idc4j.service.query.Filters;
import io.github.idc4j.service.query.InvalidFiltersException;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The data, the cohorts and the validation rules that several resources use. */
final class Service {

  private static final Pattern SCRIPT =
      Pattern.compile("</?[a-z][^>]*>|!\\[]|javascript:", Pattern.CASE_INSENSITIVE);

  private final Catalogue catalogue;
  private final Database database;
  private final Dialect dialect;
  private final Cohorts cohorts;
  private final boolean quirks;
  private final AbsentColumns absentColumns;

  Service(
      Catalogue catalogue,
      Database database,
      Dialect dialect,
      Cohorts cohorts,
      boolean quirks,
      AbsentColumns absentColumns) {
    this.catalogue = catalogue;
    this.database = database;
    this.dialect = dialect;
    this.cohorts = cohorts;
    this.quirks = quirks;
    this.absentColumns = absentColumns;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  Database database() {
    return database;
  }

  /** Returns the dialect of the engine, which knows the columns of the data. */
  Dialect dialect() {
    return dialect;
  }

  Cohorts cohorts() {
    return cohorts;
  }

  boolean quirks() {
    return quirks;
  }

  Map<String, Object> filterSet(Object filters) {
    Map<String, Object> filterSet = new TreeMap<>();
    filterSet.put("filters", filters);
    filterSet.put("idc_data_version", database.activeVersion().number());
    return filterSet;
  }

  /**
   * Refuses a request that filters by columns that the data set does not have. With {@link
   * AbsentColumns#REFUSE}, also refuses a request whose rows contain such columns.
   *
   * @param rows the attributes that each row contains, by the name that the request uses
   */
  void requireColumns(Map<String, Attribute> rows, Filters filters) {
    requireColumns(filters.attributes());
    if (absentColumns == AbsentColumns.REFUSE) {
      requireColumns(rows);
    }
  }

  private void requireColumns(Map<String, Attribute> attributes) {
    attributes.forEach(
        (name, attribute) -> {
          if (!dialect.hasColumn(attribute)) {
            throw ApiException.badRequest(
                "The data of this service has no column "
                    + name
                    + ". "
                    + dialect.whyAbsent(attribute));
          }
        });
  }

  /** Returns the error for a request that needs a published table that the data does not have. */
  ApiException absent(String table) {
    return ApiException.badRequest(
        "The data of this service has no table "
            + table
            + ". To add the published table, use the option --data of the service.");
  }

  /**
   * Refuses a text that a web page could run as a script. Without quirks, also refuses a value that
   * is not a string.
   */
  private void requireHarmless(JsonNode text) {
    if (!quirks && !text.isString()) {
      throw ApiException.badRequest(
          "A cohort's name and description must be text; the description may be null.");
    }
    Matcher matcher = SCRIPT.matcher(text.asString(""));
    if (matcher.find()) {
      String seen =
          quirks
              ? String.format(
                  "<re.Match object; span=(%s, %s), match='%s'>",
                  matcher.start(), matcher.end(), matcher.group())
              : "'" + matcher.group() + "'";
      throw ApiException.badRequest(
          "Your cohort's name or description contains invalid characters; please edit them and"
              + " resubmit. [Saw "
              + seen
              + "]");
    }
  }

  /**
   * Refuses a name or a description that a web page could run as a script. Without quirks, also
   * refuses a name or a description that is not a string. The description may be absent or null.
   */
  void requireHarmless(JsonNode name, JsonNode description) {
    requireHarmless(name);
    if (!description.isNull() && !description.isMissingNode()) {
      requireHarmless(description);
    }
  }

  /**
   * Refuses a token without an e-mail address. Like the deployed service, responds with status 500
   * but with code 403 in the body. Without quirks, the issuer has already refused such a token.
   */
  void requireNamed(Caller caller) {
    if (caller instanceof Caller.Unnamed) {
      throw ApiException.contradictory(
          500,
          403,
          "Couldn't obtain user email - the correct scopes may not have been provided during"
              + " authorization!");
    }
  }

  /**
   * Refuses a token without an e-mail address with 500 and a given message, as previews in the
   * deployed service did.
   */
  void requireNamed(Caller caller, String fault) {
    if (caller instanceof Caller.Unnamed) {
      throw ApiException.of(500, fault);
    }
  }

  /**
   * Returns a cohort of the caller. Refuses the request if no cohort ever had the ID, if the cohort
   * was deleted, or if the caller is not its owner.
   */
  Cohort ownCohort(Caller caller, BigInteger id) throws SQLException {
    Optional<Cohort> cohort =
        id.bitLength() < Long.SIZE ? cohorts.find(id.longValue()) : Optional.empty();
    if (cohort.isEmpty()) {
      throw ApiException.badRequest("A cohort with the ID " + id + " was not found.");
    }
    if (cohort.get().deleted()
        || !caller.address().filter(cohort.get().owner()::equals).isPresent()) {
      throw ApiException.of(
          403,
          caller.name()
              + " isn't the owner of cohort ID "
              + id
              + ", or the cohort has been deleted.");
    }
    return cohort.get();
  }

  /**
   * Returns the filters of a saved cohort. The filters are valid, because the service validates
   * them when it saves a cohort.
   */
  Filters filters(Cohort cohort) {
    try {
      return Filters.read(catalogue, Json.MAPPER.readTree(cohort.filters()));
    } catch (InvalidFiltersException e) {
      throw new IllegalStateException("Cohort " + cohort.id() + " has bad filters", e);
    }
  }
}
