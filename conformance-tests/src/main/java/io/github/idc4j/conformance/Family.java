package io.github.idc4j.conformance;

import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The three families of paged calls, and how each is walked. */
public enum Family {
  MANIFEST("manifest", "/cohorts/manifest/nextPage", "manifest", "json_manifest") {
    @Override
    public Call begin(Target target) {
      return Call.post("/cohorts/manifest/preview")
          .with("Patient_ID", "True")
          .with("SeriesInstanceUID", "True")
          .json(Cohort.ofCollection(target.facts().collection()));
    }

    @Override
    public String key(JsonNode row) {
      return row.path("SeriesInstanceUID").asString("");
    }
  },
  QUERY("query", "/cohorts/query/nextPage", "query_results", "json") {
    @Override
    public Call begin(Target target) {
      return Call.post("/cohorts/query/preview")
          .json(
              Cohort.query(
                  Map.of("collection_id", new String[] {target.facts().collection()}),
                  "PatientID",
                  "SeriesInstanceUID"));
    }

    @Override
    public String key(JsonNode row) {
      return row.path("PatientID").asString("") + " " + row.path("SeriesInstanceUID").asString("");
    }
  },
  DICOM_METADATA("dicomMetadata", "/dicomMetadata/nextPage", "query_results", "json") {
    @Override
    public Call begin(Target target) {
      return Call.get("/dicomMetadata");
    }

    @Override
    public String key(JsonNode row) {
      return row.path("collection_id").asString("")
          + " "
          + row.path("PatientID").asString("")
          + " "
          + row.path("StudyInstanceUID").asString("")
          + " "
          + row.path("SeriesInstanceUID").asString("")
          + " "
          + row.path("SOPInstanceUID").asString("");
    }
  };

  private final String title;
  private final String nextPath;
  private final String part;
  private final String rows;

  Family(String title, String nextPath, String part, String rows) {
    this.title = title;
    this.nextPath = nextPath;
    this.part = part;
    this.rows = rows;
  }

  /** Returns a first call without a page size. */
  public abstract Call begin(Target target);

  /** Returns what tells a row apart and what the family is sorted by. */
  public abstract String key(JsonNode row);

  /** Returns a nextPage call without a page size. */
  public Call next(String token) {
    return Call.get(nextPath).with("next_page", token);
  }

  /** Returns the path of nextPage. */
  public String nextPath() {
    return nextPath;
  }

  /** Returns the rows of a page. */
  public JsonNode rows(Exchange page) {
    return page.json().path(part).path(rows);
  }

  /** Returns how many rows a page says it has. */
  public long rowsReturned(Exchange page) {
    return page.json().path(part).path("rowsReturned").asLong(-1);
  }

  /** Returns how many rows a page says the result has. */
  public long totalFound(Exchange page) {
    return page.json().path(part).path("totalFound").asLong(-1);
  }

  /** Returns the token of the next page; empty at the end. */
  public String token(Exchange page) {
    return page.json().path("next_page").asString("");
  }

  /** Returns the token of a 202. */
  public String acceptedToken(Exchange accepted) {
    JsonNode body = accepted.json();
    return this == MANIFEST
        ? body.path("next_page").asString("")
        : body.path("query_info").path("next_page").asString("");
  }

  @Override
  public String toString() {
    return title;
  }
}
