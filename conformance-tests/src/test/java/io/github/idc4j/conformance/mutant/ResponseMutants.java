package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.FIRST_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.OPERATIONS;
import static io.github.idc4j.conformance.mutant.Mutants.ifOk;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Faults of single responses: status code, media type, headers, schema, body code. */
final class ResponseMutants {

  private ResponseMutants() {}

  static void addTo(Mutants mutants) {
    responsesOfEachOperation(mutants);
    headers(mutants);
    nulls(mutants);
  }

  private static void responsesOfEachOperation(Mutants mutants) {
    OPERATIONS.forEach(
        (operation, when) -> {
          mutants.change(
              "status",
              "status-203-" + operation,
              operation + " returns 203 instead of 200",
              "spec.status",
              when,
              ifOk(response -> response.withStatus(203)));
          mutants.change(
              "media type",
              "charset-" + operation,
              operation + " returns another charset",
              "spec.media-type",
              when,
              ifOk(
                  response ->
                      response.withHeader("Content-Type", "application/json; charset=iso-8859-1")));
          mutants.change(
              "schema",
              "list-for-object-" + operation,
              operation + " returns a list with one object",
              "spec.body",
              when,
              ifOk(response -> response.withBody("[" + response.text() + "]")));
          mutants.change(
              "body code versus status code",
              "code-299-" + operation,
              operation + " has the code 299 in its body",
              "spec.code",
              when,
              ifOk(response -> response.edited(body -> body.put("code", 299))));
        });
    mutants.change(
        "media type",
        "charset-utf-8",
        "JSON responses have a charset parameter",
        "routes.json-charset",
        OPERATIONS.get("getAbout"),
        ifOk(response -> response.withHeader("Content-Type", "application/json; charset=utf-8")));
    mutants.change(
        "schema",
        "text-for-number",
        "totalFound is a string",
        "spec.body",
        FIRST_PAGES.get("manifest"),
        ifOk(
            response ->
                response.edited(
                    page -> {
                      if (page.get("manifest") instanceof ObjectNode manifest) {
                        manifest.put("totalFound", manifest.path("totalFound").asString());
                      }
                    })));
    mutants.change(
        "schema",
        "number-for-text",
        "a collection's identifier is a number",
        "spec.body",
        OPERATIONS.get("listCollections"),
        ifOk(
            response ->
                response.edited(body -> first(body, "collections").put("collection_id", 7))));
    mutants.change(
        "schema",
        "missing-member",
        "a release lacks the property active",
        "spec.body",
        OPERATIONS.get("listVersions"),
        ifOk(response -> response.edited(body -> first(body, "versions").remove("active"))));
    mutants.change(
        "schema",
        "no-json",
        "a response is truncated in the middle of its JSON",
        "spec.body",
        OPERATIONS.get("listCollections"),
        ifOk(
            response ->
                response.withBody(response.text().substring(0, response.text().length() / 2))));
  }

  private static void headers(Mutants mutants) {
    for (String header :
        List.of(
            "X-Frame-Options",
            "X-Content-Type-Options",
            "Content-Security-Policy",
            "Referrer-Policy",
            "Strict-Transport-Security")) {
      mutants.change(
          "header",
          "without-" + header,
          "responses lack " + header,
          "routes.security-headers",
          request -> true,
          response -> response.without(header));
    }
    mutants.change(
        "header",
        "without-Allow",
        "a 405 response lacks Allow",
        "routes.method-not-allowed",
        request -> true,
        response -> response.status() == 405 ? response.without("Allow") : response);
    mutants.change(
        "media type",
        "not-found-in-json",
        "a 404 response is JSON",
        "routes.not-found",
        request -> true,
        response ->
            response.status() == 404 ? ProxiedResponse.json(404, "{\"code\":404}") : response);
  }

  private static void nulls(Mutants mutants) {
    mutants.change(
        "null versus absent",
        "null-collection-id",
        "a collection's identifier is null",
        "spec.body",
        OPERATIONS.get("listCollections"),
        ifOk(
            response ->
                response.edited(body -> first(body, "collections").putNull("collection_id"))));
    mutants.change(
        "null versus absent",
        "null-versions",
        "versions is null",
        "spec.body",
        OPERATIONS.get("listVersions"),
        ifOk(response -> response.edited(body -> body.putNull("versions"))));
    mutants.change(
        "null versus absent",
        "null-rows",
        "the rows of an empty manifest are null",
        "spec.body",
        FIRST_PAGES.get("manifest"),
        ifOk(
            response ->
                response.edited(
                    page -> {
                      if (page.path("manifest").path("totalFound").asInt(-1) == 0) {
                        ((ObjectNode) page.get("manifest")).putNull("json_manifest");
                      }
                    })));
    mutants.change(
        "null versus absent",
        "null-total",
        "totalFound of a query is null",
        "spec.body",
        FIRST_PAGES.get("query"),
        ifOk(
            response ->
                response.edited(
                    page -> {
                      if (page.get("query_results") instanceof ObjectNode results) {
                        results.putNull("totalFound");
                      }
                    })));
    mutants.change(
        "null versus absent",
        "absent-column",
        "a dicomMetadata row lacks a column that is null",
        "spec.body",
        FIRST_PAGES.get("dicomMetadata"),
        ifOk(
            response ->
                response.editedRows(
                    rows -> rows.forEach(row -> ((ObjectNode) row).remove("Allergies")))));
    mutants.change(
        "null versus absent",
        "absent-cohort",
        "a first page does not repeat its cohort",
        "spec.body",
        FIRST_PAGES.get("manifest"),
        ifOk(response -> response.edited(page -> page.remove("cohort"))));
  }

  private static ObjectNode first(ObjectNode body, String list) {
    return (ObjectNode) body.path(list).path(0);
  }
}
