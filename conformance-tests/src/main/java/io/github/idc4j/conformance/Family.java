package io.github.idc4j.conformance;

import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The three families of paged calls, and how each is walked. */
public enum Family {
  MANIFEST("manifest", "/cohorts/manifest/nextPage", "manifest", "json_manifest") {
    @Override
    public List<String> order() {
      return List.of("SeriesInstanceUID");
    }

    @Override
    public Call begin(Map<String, ?> filters) {
      return Call.post("/cohorts/manifest/preview")
          .with("Patient_ID", "True")
          .with("SeriesInstanceUID", "True")
          .json(Cohort.of(filters));
    }
  },
  QUERY("query", "/cohorts/query/nextPage", "query_results", "json") {
    @Override
    public List<String> order() {
      return List.of("PatientID", "SeriesInstanceUID");
    }

    @Override
    public Call begin(Map<String, ?> filters) {
      return Call.post("/cohorts/query/preview")
          .json(Cohort.query(filters, "PatientID", "SeriesInstanceUID"));
    }
  },
  DICOM_METADATA("dicomMetadata", "/dicomMetadata/nextPage", "query_results", "json") {
    @Override
    public List<String> order() {
      return List.of(
          "collection_id", "PatientID", "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID");
    }

    @Override
    public Call begin(Map<String, ?> filters) {
      return Call.get("/dicomMetadata");
    }

    @Override
    public Call begin(Target target) {
      return begin(Map.of());
    }

    @Override
    public Call beginSome(Target target) {
      return begin(target);
    }

    /** The whole row would fill the memory. */
    @Override
    public Object identity(JsonNode row) {
      return order().stream()
          .map(column -> row.path(column).asString(""))
          .collect(Collectors.joining("\n"));
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

  /**
   * Returns a first call without a page size.
   *
   * @param filters of what it gives; dicomMetadata gives everything
   */
  public abstract Call begin(Map<String, ?> filters);

  /** Returns a first call without a page size: of dicomMetadata, or of the checks' collection. */
  public Call begin(Target target) {
    return begin(Map.of("collection_id", List.of(target.facts().collection())));
  }

  /** Returns the same of a few rows; of dicomMetadata, which has no filters, of all. */
  public Call beginSome(Target target) {
    return begin(target.facts().someSeries());
  }

  /** Returns what tells a row of a result apart: no two rows have the same. */
  public Object identity(JsonNode row) {
    return row;
  }

  /** Returns the columns that the rows of {@link #begin} are sorted by, the first one first. */
  public abstract List<String> order();

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
