package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.internal.http.ApiRequest;
import io.github.idc4j.conformance.internal.http.Exchange;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An endpoint with paged results, and the structure of its requests and responses. A first call
 * starts a result, and nextPage calls fetch the following pages.
 */
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

    /** Returns the values of the sort columns, because whole rows would take too much memory. */
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
   * @param filters filters that select the rows; ignored by dicomMetadata, which has no filters
   */
  abstract ApiRequest begin(Map<String, ?> filters);

  /**
   * Returns a first call without a page size. The rows are those of the collection that the checks
   * use, or all rows of dicomMetadata.
   */
  ApiRequest begin(CheckContext context) {
    return begin(Map.of("collection_id", List.of(context.collection())));
  }

  /**
   * Returns a first call for a few rows. For dicomMetadata, which has no filters, returns a first
   * call for all rows.
   */
  ApiRequest beginSome(CheckContext context) {
    return begin(context.someSeries());
  }

  /** Returns a value that identifies a row among the rows of a result. */
  Object identity(JsonNode row) {
    return row;
  }

  /** Returns the rows reduced to the columns that identify a row. */
  List<JsonNode> keys(List<JsonNode> rows) {
    return rows;
  }

  /** Returns the columns by which the rows of {@link #begin} are sorted, most significant first. */
  abstract List<String> order();

  /**
   * Returns a nextPage call without a page size.
   *
   * @param token page token
   */
  ApiRequest next(String token) {
    return ApiRequest.get(nextPath).with("next_page", token);
  }

  /** Returns the path of the nextPage operation. */
  String nextPath() {
    return nextPath;
  }

  /** Returns the rows of a page. */
  JsonNode rows(Exchange page) {
    return page.json().path(part).path(rows);
  }

  /**
   * Returns the rows of a page. The rows of a large page may have only the sort columns, which are
   * enough for {@link #order} and {@link #identity}.
   */
  JsonNode identities(Exchange page) {
    return page.outline().path(part).path(rows);
  }

  /** Returns the rowsReturned value of a page, or -1 if the page lacks this value. */
  long rowsReturned(Exchange page) {
    return page.outline().path(part).path("rowsReturned").asLong(-1);
  }

  /** Returns the totalFound value of a page, or -1 if the page lacks this value. */
  long totalFound(Exchange page) {
    return page.outline().path(part).path("totalFound").asLong(-1);
  }

  /** Returns the page token of the next page, or an empty string if this page is the last. */
  String token(Exchange page) {
    return page.outline().path("next_page").asString("");
  }

  /** Returns the page token of a 202 response, or an empty string if the response has no token. */
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
