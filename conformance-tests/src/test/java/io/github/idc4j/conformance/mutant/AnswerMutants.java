package io.github.idc4j.conformance.mutant;

import static io.github.idc4j.conformance.mutant.Mutants.FIRST_PAGES;
import static io.github.idc4j.conformance.mutant.Mutants.OPERATIONS;
import static io.github.idc4j.conformance.mutant.Mutants.ifOk;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Faults of single answers: status, media type, headers, schema, code. */
final class AnswerMutants {

  private AnswerMutants() {}

  static void addTo(Mutants mutants) {
    answersOfEachOperation(mutants);
    headers(mutants);
    nulls(mutants);
  }

  private static void answersOfEachOperation(Mutants mutants) {
    OPERATIONS.forEach(
        (operation, when) -> {
          mutants.change(
              "status",
              "status-203-" + operation,
              operation + " answers 203 for 200",
              "spec.status",
              when,
              ifOk(answer -> answer.withStatus(203)));
          mutants.change(
              "media type",
              "charset-" + operation,
              operation + " names another charset",
              "spec.media-type",
              when,
              ifOk(
                  answer ->
                      answer.withHeader("Content-Type", "application/json; charset=iso-8859-1")));
          mutants.change(
              "schema",
              "list-for-object-" + operation,
              operation + " answers a list of one object",
              "spec.body",
              when,
              ifOk(answer -> answer.withBody("[" + answer.text() + "]")));
          mutants.change(
              "body code against status",
              "code-299-" + operation,
              operation + " has the code 299 in its body",
              "spec.code",
              when,
              ifOk(answer -> answer.edited(body -> body.put("code", 299))));
        });
    mutants.change(
        "media type",
        "charset-utf-8",
        "JSON responses have a charset parameter",
        "routes.json-charset",
        OPERATIONS.get("getAbout"),
        ifOk(answer -> answer.withHeader("Content-Type", "application/json; charset=utf-8")));
    mutants.change(
        "schema",
        "text-for-number",
        "totalFound is a text",
        "spec.body",
        FIRST_PAGES.get("manifest"),
        ifOk(
            answer ->
                answer.edited(
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
        ifOk(answer -> answer.edited(body -> first(body, "collections").put("collection_id", 7))));
    mutants.change(
        "schema",
        "missing-member",
        "a version lacks whether it is active",
        "spec.body",
        OPERATIONS.get("listVersions"),
        ifOk(answer -> answer.edited(body -> first(body, "versions").remove("active"))));
    mutants.change(
        "schema",
        "no-json",
        "an answer is cut in the middle of its JSON",
        "spec.body",
        OPERATIONS.get("listCollections"),
        ifOk(answer -> answer.withBody(answer.text().substring(0, answer.text().length() / 2))));
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
          "answers lack " + header,
          "routes.security-headers",
          request -> true,
          answer -> answer.without(header));
    }
    mutants.change(
        "header",
        "without-Allow",
        "a 405 lacks Allow",
        "routes.method-not-allowed",
        request -> true,
        answer -> answer.status() == 405 ? answer.without("Allow") : answer);
    mutants.change(
        "media type",
        "not-found-in-json",
        "404 comes as JSON",
        "routes.not-found",
        request -> true,
        answer -> answer.status() == 404 ? ProxiedResponse.json(404, "{\"code\":404}") : answer);
  }

  private static void nulls(Mutants mutants) {
    mutants.change(
        "null against absent",
        "null-collection-id",
        "a collection's identifier is null",
        "spec.body",
        OPERATIONS.get("listCollections"),
        ifOk(answer -> answer.edited(body -> first(body, "collections").putNull("collection_id"))));
    mutants.change(
        "null against absent",
        "null-versions",
        "versions is null",
        "spec.body",
        OPERATIONS.get("listVersions"),
        ifOk(answer -> answer.edited(body -> body.putNull("versions"))));
    mutants.change(
        "null against absent",
        "null-rows",
        "the rows of a manifest of none are null",
        "spec.body",
        FIRST_PAGES.get("manifest"),
        ifOk(
            answer ->
                answer.edited(
                    page -> {
                      if (page.path("manifest").path("totalFound").asInt(-1) == 0) {
                        ((ObjectNode) page.get("manifest")).putNull("json_manifest");
                      }
                    })));
    mutants.change(
        "null against absent",
        "null-total",
        "totalFound of a query is null",
        "spec.body",
        FIRST_PAGES.get("query"),
        ifOk(
            answer ->
                answer.edited(
                    page -> {
                      if (page.get("query_results") instanceof ObjectNode results) {
                        results.putNull("totalFound");
                      }
                    })));
    mutants.change(
        "null against absent",
        "absent-column",
        "a dicomMetadata row lacks a column that is null",
        "spec.body",
        FIRST_PAGES.get("dicomMetadata"),
        ifOk(
            answer ->
                answer.editedRows(
                    rows -> rows.forEach(row -> ((ObjectNode) row).remove("Allergies")))));
    mutants.change(
        "null against absent",
        "absent-cohort",
        "a first page does not repeat its cohort",
        "spec.body",
        FIRST_PAGES.get("manifest"),
        ifOk(answer -> answer.edited(page -> page.remove("cohort"))));
  }

  private static ObjectNode first(ObjectNode body, String list) {
    return (ObjectNode) body.path(list).path(0);
  }
}
