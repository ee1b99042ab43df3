package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** An endpoint whose result is fetched in pages, and how its requests and responses look. */
enum PagedEndpoint {
  MANIFEST("manifest", "/cohorts/manifest/nextPage", "manifest", "json_manifest") {
    @Override
    List<String> order() {
      return List.of("SeriesInstanceUID");
    }

    @Override
    ApiRequest begin(Map<String, ?> filters) {
      return ApiRequest.post("/cohorts/manifest/preview")
          .with("Patient_ID", "True")
          .with("SeriesInstanceUID", "True")
          .json(RequestBodies.of(filters));
    }
  },
  QUERY("query", "/cohorts/query/nextPage", "query_results", "json") {
    @Override
    List<String> order() {
      return List.of("PatientID", "SeriesInstanceUID");
    }

    @Override
    ApiRequest begin(Map<String, ?> filters) {
      return ApiRequest.post("/cohorts/query/preview")
          .json(RequestBodies.query(filters, "PatientID", "SeriesInstanceUID"));
    }
  },
  DICOM_METADATA("dicomMetadata", "/dicomMetadata/nextPage", "query_results", "json") {
    @Override
    List<String> order() {
      return List.of(
          "collection_id", "PatientID", "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID");
    }

    @Override
    ApiRequest begin(Map<String, ?> filters) {
      return ApiRequest.get("/dicomMetadata");
    }

    @Override
    ApiRequest begin(CheckContext context) {
      return begin(Map.of());
    }

    @Override
    ApiRequest beginSome(CheckContext context) {
      return begin(context);
    }

    /** The whole row would fill the memory. */
    @Override
    Object identity(JsonNode row) {
      return order().stream()
          .map(column -> row.path(column).asString(""))
          .collect(Collectors.joining("\n"));
    }
  };

  private final String title;
  private final String nextPath;
  private final String part;
  private final String rows;

  PagedEndpoint(String title, String nextPath, String part, String rows) {
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
  abstract ApiRequest begin(Map<String, ?> filters);

  /** Returns a first call without a page size: of dicomMetadata, or of the checks' collection. */
  ApiRequest begin(CheckContext context) {
    return begin(Map.of("collection_id", List.of(context.collection())));
  }

  /** Returns the same of a few rows; of dicomMetadata, which has no filters, of all. */
  ApiRequest beginSome(CheckContext context) {
    return begin(context.someSeries());
  }

  /** Returns what tells a row of a result apart: no two rows have the same. */
  Object identity(JsonNode row) {
    return row;
  }

  /** Returns the columns that the rows of {@link #begin} are sorted by, the first one first. */
  abstract List<String> order();

  /** Returns a nextPage call without a page size. */
  ApiRequest next(String token) {
    return ApiRequest.get(nextPath).with("next_page", token);
  }

  /** Returns the path of nextPage. */
  String nextPath() {
    return nextPath;
  }

  /** Returns the rows of a page. */
  JsonNode rows(Exchange page) {
    return page.json().path(part).path(rows);
  }

  /** Returns the rows of a page, which may have only {@link #order} and what identifies them. */
  JsonNode identities(Exchange page) {
    return page.outline().path(part).path(rows);
  }

  /** Returns how many rows a page says it has. */
  long rowsReturned(Exchange page) {
    return page.outline().path(part).path("rowsReturned").asLong(-1);
  }

  /** Returns how many rows a page says the result has. */
  long totalFound(Exchange page) {
    return page.outline().path(part).path("totalFound").asLong(-1);
  }

  /** Returns the token of the next page; empty at the end. */
  String token(Exchange page) {
    return page.outline().path("next_page").asString("");
  }

  /** Returns the token of a 202. */
  String acceptedToken(Exchange accepted) {
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
