package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An endpoint with paged results, and the structure of its requests and responses. */
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

    /** Uses the sort columns only: whole rows would take too much memory. */
    @Override
    Object identity(JsonNode row) {
      return order().stream()
          .map(column -> row.path(column).asString(""))
          .collect(Collectors.joining("\n"));
    }

    @Override
    List<JsonNode> keys(List<JsonNode> rows) {
      return rows.stream().map(this::key).toList();
    }

    private JsonNode key(JsonNode row) {
      ObjectNode key = JsonNodeFactory.instance.objectNode();
      order().forEach(column -> key.set(column, row.path(column)));
      return key;
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
   * @param filters filters of the result; dicomMetadata has none
   */
  abstract ApiRequest begin(Map<String, ?> filters);

  /** Returns a first call without a page size, for the checks' collection or dicomMetadata. */
  ApiRequest begin(CheckContext context) {
    return begin(Map.of("collection_id", List.of(context.collection())));
  }

  /** Returns a first call for a few rows; for dicomMetadata, which has no filters, for all. */
  ApiRequest beginSome(CheckContext context) {
    return begin(context.someSeries());
  }

  /** Returns a value that identifies a row in a result. */
  Object identity(JsonNode row) {
    return row;
  }

  /** Returns rows with only the columns that identify them. */
  List<JsonNode> keys(List<JsonNode> rows) {
    return rows;
  }

  /** Returns the sort columns of the rows of {@link #begin}, most significant first. */
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

  /** Returns the rows of a page, possibly with only the columns of {@link #order} and identity. */
  JsonNode identities(Exchange page) {
    return page.outline().path(part).path(rows);
  }

  /** Returns the rowsReturned of a page; -1 without one. */
  long rowsReturned(Exchange page) {
    return page.outline().path(part).path("rowsReturned").asLong(-1);
  }

  /** Returns the totalFound of a page; -1 without one. */
  long totalFound(Exchange page) {
    return page.outline().path(part).path("totalFound").asLong(-1);
  }

  /** Returns the token of the next page; empty at the end. */
  String token(Exchange page) {
    return page.outline().path("next_page").asString("");
  }

  /** Returns the page token of a 202 response; empty if there is none. */
  String acceptedToken(Exchange accepted) {
    return accepted.json().at(acceptedTokenPointer()).asString("");
  }

  /** Returns where a 202 response has its page token, as a JSON Pointer. */
  String acceptedTokenPointer() {
    return this == MANIFEST ? "/next_page" : "/query_info/next_page";
  }

  @Override
  public String toString() {
    return title;
  }
}
