package io.github.idc4j.conformance.mutant;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The seeded faults, by class. */
final class Mutants {

  private static final String ID = "[0-9]+";

  /** The operations, by what their requests look like. */
  private static final Map<String, Predicate<Request>> OPERATIONS = operations();

  private static final Map<String, Predicate<Request>> NEXT_PAGES =
      Map.of(
          "manifest", on("GET", "/cohorts/manifest/nextPage"),
          "query", on("GET", "/cohorts/query/nextPage"),
          "dicomMetadata", on("GET", "/dicomMetadata/nextPage"));

  private static final Map<String, Predicate<Request>> FIRST_PAGES =
      Map.of(
          "manifest", on("POST", "/cohorts/manifest/preview"),
          "query", on("POST", "/cohorts/query/preview"),
          "dicomMetadata", on("GET", "/dicomMetadata"));

  private final List<Mutant> mutants = new ArrayList<>();

  private Mutants() {}

  static List<Mutant> all() {
    Mutants all = new Mutants();
    all.answersOfEachOperation();
    all.headers();
    all.nulls();
    all.pages();
    all.tokens();
    all.accepted();
    all.filters();
    all.auth();
    all.negatives();
    all.state();
    return List.copyOf(all.mutants);
  }

  private static Map<String, Predicate<Request>> operations() {
    Map<String, Predicate<Request>> operations = new LinkedHashMap<>();
    operations.put("getAbout", on("GET", "/about"));
    operations.put("listVersions", on("GET", "/versions"));
    operations.put("listCollections", on("GET", "/collections"));
    operations.put("listAnalysisResults", on("GET", "/analysis_results"));
    operations.put("listAttributes", on("GET", "/attributes"));
    operations.put("getAccountDetails", on("GET", "/users/account_details"));
    operations.put("listCohorts", on("GET", "/cohorts"));
    operations.put("createCohort", on("POST", "/cohorts"));
    operations.put("deleteCohorts", on("DELETE", "/cohorts"));
    operations.put("deleteCohort", on("DELETE", "/cohorts/" + ID));
    operations.put("previewManifest", on("POST", "/cohorts/manifest/preview"));
    operations.put("getManifest", on("GET", "/cohorts/manifest/" + ID));
    operations.put("getNextManifestPage", on("GET", "/cohorts/manifest/nextPage"));
    operations.put("previewQuery", on("POST", "/cohorts/query/preview"));
    operations.put("queryCohort", on("POST", "/cohorts/query/" + ID));
    operations.put("getNextQueryPage", on("GET", "/cohorts/query/nextPage"));
    operations.put("getDicomMetadata", on("GET", "/dicomMetadata"));
    operations.put("getNextDicomMetadataPage", on("GET", "/dicomMetadata/nextPage"));
    return operations;
  }

  private static Predicate<Request> on(String method, String path) {
    return request -> request.is(method, path);
  }

  private void add(
      String kind, String id, String what, String rule, Supplier<Proxy.Behaviour> behaviour) {
    mutants.add(new Mutant(id, kind, what, rule, behaviour));
  }

  /** A fault that changes the answers to some requests. */
  private void change(
      String kind,
      String id,
      String what,
      String rule,
      Predicate<Request> when,
      UnaryOperator<Answer> change) {
    add(
        kind,
        id,
        what,
        rule,
        () ->
            (request, service) -> {
              Answer answer = service.send(request);
              return when.test(request) ? change.apply(answer) : answer;
            });
  }

  /** A fault that changes what the service sees of some requests. */
  private void mistake(
      String kind,
      String id,
      String what,
      String rule,
      Predicate<Request> when,
      UnaryOperator<Request> change) {
    add(
        kind,
        id,
        what,
        rule,
        () ->
            (request, service) ->
                service.send(when.test(request) ? change.apply(request) : request));
  }

  private static UnaryOperator<Answer> ifOk(UnaryOperator<Answer> change) {
    return answer -> answer.status() == 200 ? change.apply(answer) : answer;
  }

  private void answersOfEachOperation() {
    OPERATIONS.forEach(
        (operation, when) -> {
          change(
              "status",
              "status-203-" + operation,
              operation + " answers 203 for 200",
              "spec.status",
              when,
              ifOk(answer -> answer.withStatus(203)));
          change(
              "media type",
              "charset-" + operation,
              operation + " names a charset",
              "spec.media-type",
              when,
              ifOk(answer -> answer.withHeader("Content-Type", "application/json; charset=utf-8")));
          change(
              "schema",
              "list-for-object-" + operation,
              operation + " answers a list of one object",
              "spec.body",
              when,
              ifOk(answer -> answer.withBody("[" + answer.text() + "]")));
          change(
              "body code against status",
              "code-299-" + operation,
              operation + " has the code 299 in its body",
              "spec.code",
              when,
              ifOk(answer -> answer.edited(body -> body.put("code", 299))));
        });
    change(
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
    change(
        "schema",
        "number-for-text",
        "a collection's identifier is a number",
        "spec.body",
        OPERATIONS.get("listCollections"),
        ifOk(answer -> answer.edited(body -> first(body, "collections").put("collection_id", 7))));
    change(
        "schema",
        "missing-member",
        "a version lacks whether it is active",
        "spec.body",
        OPERATIONS.get("listVersions"),
        ifOk(answer -> answer.edited(body -> first(body, "versions").remove("active"))));
    change(
        "schema",
        "no-json",
        "an answer is cut in the middle of its JSON",
        "spec.body",
        OPERATIONS.get("listCollections"),
        ifOk(answer -> answer.withBody(answer.text().substring(0, answer.text().length() / 2))));
  }

  private static ObjectNode first(ObjectNode body, String list) {
    return (ObjectNode) body.path(list).path(0);
  }

  private void headers() {
    for (String header :
        List.of(
            "X-Frame-Options",
            "X-Content-Type-Options",
            "Content-Security-Policy",
            "Referrer-Policy",
            "Strict-Transport-Security")) {
      change(
          "header",
          "without-" + header,
          "answers lack " + header,
          "routes.security-headers",
          request -> true,
          answer -> answer.without(header));
    }
    change(
        "header",
        "without-Allow",
        "a 405 lacks Allow",
        "routes.method-not-allowed",
        request -> true,
        answer -> answer.status() == 405 ? answer.without("Allow") : answer);
    change(
        "media type",
        "not-found-in-json",
        "404 comes as JSON",
        "routes.not-found",
        request -> true,
        answer -> answer.status() == 404 ? Answer.json(404, "{\"code\":404}") : answer);
  }

  private void nulls() {
    change(
        "null against absent",
        "null-collection-id",
        "a collection's identifier is null",
        "spec.body",
        OPERATIONS.get("listCollections"),
        ifOk(answer -> answer.edited(body -> first(body, "collections").putNull("collection_id"))));
    change(
        "null against absent",
        "null-versions",
        "versions is null",
        "spec.body",
        OPERATIONS.get("listVersions"),
        ifOk(answer -> answer.edited(body -> body.putNull("versions"))));
    change(
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
    change(
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
    change(
        "null against absent",
        "absent-column",
        "a dicomMetadata row lacks a column that is null",
        "spec.body",
        FIRST_PAGES.get("dicomMetadata"),
        ifOk(
            answer ->
                answer.editedRows(
                    rows -> rows.forEach(row -> ((ObjectNode) row).remove("Allergies")))));
    change(
        "null against absent",
        "absent-cohort",
        "a first page does not repeat its cohort",
        "spec.body",
        FIRST_PAGES.get("manifest"),
        ifOk(answer -> answer.edited(page -> page.remove("cohort"))));
  }

  private void pages() {
    NEXT_PAGES.forEach(
        (family, next) -> {
          String kind = "page lost, repeated, reordered, resized, looped";
          change(
              kind,
              "lose-last-row-" + family,
              family + ": each later page lacks its last row",
              "paging.every-row-once",
              next,
              answer -> withRows(answer, rows -> withCount(rows, rows.size() - 1)));
          change(
              kind,
              "reverse-" + family,
              family + ": the rows of a later page are reversed",
              "paging.order",
              next,
              answer -> answer.editedRows(Mutants::reverse));
          change(
              kind,
              "rows-returned-" + family,
              family + ": rowsReturned of a later page is one too many",
              "paging.rows-returned",
              next,
              answer ->
                  inPart(
                      answer,
                      part -> part.put("rowsReturned", part.path("rowsReturned").asInt() + 1)));
          change(
              kind,
              "total-found-" + family,
              family + ": totalFound of a later page is one too many",
              "paging.total-found",
              next,
              answer ->
                  inPart(
                      answer, part -> part.put("totalFound", part.path("totalFound").asInt() + 1)));
          add(
              kind,
              "repeat-row-" + family,
              family + ": a later page begins with the last row of the page before",
              "paging.every-row-once",
              () -> new RepeatedRow(next));
          add(
              kind,
              "loop-" + family,
              family + ": a later page has the token that it was asked by",
              "paging.end",
              () ->
                  (request, service) -> {
                    Answer answer = service.send(request);
                    return next.test(request) && answer.status() == 200
                        ? answer.edited(page -> page.put("next_page", token(request)))
                        : answer;
                  });
          mistake(
              kind,
              "larger-" + family,
              family + ": a later page has two rows more than were asked for",
              "paging.page-size",
              next.and(request -> request.has("page_size")),
              request -> request.withTarget(larger(request.target())));
          mistake(
              kind,
              "default-size-" + family,
              family + ": nextPage without page_size gives one row",
              "paging.default-size",
              next.and(request -> !request.has("page_size")),
              request -> request.withTarget(request.target() + "&page_size=1"));
          add(
              "read twice",
              "read-twice-" + family,
              family + ": a token gives another page when it is sent again",
              "paging.replay",
              () -> new ReadTwice(next));
        });
  }

  private static String larger(String target) {
    int size = Integer.parseInt(target.replaceAll(".*page_size=(\\d+).*", "$1"));
    return target.replaceAll("page_size=\\d+", "page_size=" + (size + 2));
  }

  private static String token(Request request) {
    return URLDecoder.decode(
        request.target().replaceAll(".*next_page=([^&]*).*", "$1"), StandardCharsets.UTF_8);
  }

  private static void withCount(ArrayNode rows, int size) {
    while (!rows.isEmpty() && rows.size() > size) {
      rows.remove(rows.size() - 1);
    }
  }

  private static void reverse(ArrayNode rows) {
    List<JsonNode> all = new ArrayList<>();
    rows.forEach(row -> all.add(0, row));
    rows.removeAll();
    all.forEach(rows::add);
  }

  private static Answer inPart(Answer answer, Consumer<ObjectNode> edit) {
    return answer.edited(
        page -> {
          for (String name : List.of("manifest", "query_results")) {
            if (page.get(name) instanceof ObjectNode part) {
              edit.accept(part);
            }
          }
        });
  }

  /** Changes the rows of a page, and says how many there are. */
  private static Answer withRows(Answer answer, Consumer<ArrayNode> edit) {
    return inPart(
        answer.editedRows(edit),
        part ->
            part.put("rowsReturned", part.path("json_manifest").size() + part.path("json").size()));
  }

  /** Puts the last row of the page before in the place of a page's first. */
  private static final class RepeatedRow implements Proxy.Behaviour {
    private final Predicate<Request> next;
    private final Map<String, JsonNode> last = new ConcurrentHashMap<>();

    RepeatedRow(Predicate<Request> next) {
      this.next = next;
    }

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      Answer answer = service.send(request);
      JsonNode before = next.test(request) ? last.get("row") : null;
      answer.editedRows(rows -> last.put("row", rows.path(rows.size() - 1)));
      return before == null
          ? answer
          : answer.editedRows(
              rows -> {
                if (!rows.isEmpty()) {
                  rows.set(0, before);
                }
              });
    }
  }

  /** Loses the first row of a page that is read again. */
  private static final class ReadTwice implements Proxy.Behaviour {
    private final Predicate<Request> next;
    private final Map<String, Integer> read = new ConcurrentHashMap<>();

    ReadTwice(Predicate<Request> next) {
      this.next = next;
    }

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      Answer answer = service.send(request);
      boolean again = next.test(request) && read.merge(request.target(), 1, Integer::sum) > 1;
      return again && answer.hasRows() ? answer.editedRows(rows -> rows.remove(0)) : answer;
    }
  }

  private void tokens() {
    String kind = "token scope";
    for (String family : List.of("manifest", "query")) {
      add(
          kind,
          "anybody-" + family,
          family + ": a token is good for anybody",
          "tokens.owner",
          () -> new AnybodysTokens(NEXT_PAGES.get(family)));
    }
    NEXT_PAGES.forEach(
        (family, next) -> {
          add(
              kind,
              "altered-" + family,
              family + ": the middle of a token is not looked at",
              "tokens.altered",
              () -> new LaxTokens(next));
          change(
              kind,
              "made-up-" + family,
              family + ": a made-up token is an empty page",
              "tokens.invalid",
              next.and(request -> request.has("next_page=garbage")),
              answer -> emptyPage(family));
        });
    add(
        kind,
        "foreign-family",
        "dicomMetadata takes a token of another family",
        "tokens.family",
        ForeignTokens::new);
  }

  private static Answer emptyPage(String family) {
    return Answer.json(
        200,
        family.equals("manifest")
            ? "{\"code\":200,\"manifest\":{\"json_manifest\":[],\"rowsReturned\":0,\"totalFound\":0},"
                + "\"next_page\":\"\"}"
            : "{\"code\":200,\"cohort\":{},\"query_results\":{\"json\":[],\"rowsReturned\":0,"
                + "\"totalFound\":0},\"next_page\":\"\"}");
  }

  /** Answers tokens of the other families by a page without rows. */
  private static final class ForeignTokens implements Proxy.Behaviour {
    private final Map<String, Boolean> foreign = new ConcurrentHashMap<>();

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      if (NEXT_PAGES.get("dicomMetadata").test(request) && foreign.containsKey(token(request))) {
        return emptyPage("dicomMetadata");
      }
      Answer answer = service.send(request);
      if (request.is(".*", "/cohorts/.*")) {
        answer.edited(page -> foreign.put(page.path("next_page").asString(""), true));
      }
      return answer;
    }
  }

  /** Sends a token with the authorization that it was given to. */
  private static final class AnybodysTokens implements Proxy.Behaviour {
    private final Predicate<Request> next;
    private final Map<String, String> owners = new ConcurrentHashMap<>();

    AnybodysTokens(Predicate<Request> next) {
      this.next = next;
    }

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      Request sent = request;
      if (next.test(request) && owners.containsKey(token(request))) {
        sent = request.withAuthorization(owners.get(token(request)));
      }
      Answer answer = service.send(sent);
      String authorization = sent.authorization();
      answer.edited(page -> owners.put(page.path("next_page").asString(""), authorization));
      return answer;
    }
  }

  /** Takes a token that differs in one character for the one that it was made of. */
  private static final class LaxTokens implements Proxy.Behaviour {
    private final Predicate<Request> next;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    LaxTokens(Predicate<Request> next) {
      this.next = next;
    }

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      Request sent = request;
      String token = next.test(request) ? token(request) : "";
      if (token.length() > 40 && known.containsKey(ends(token))) {
        sent =
            request.withTarget(
                request
                    .target()
                    .replaceAll(
                        "next_page=[^&]*",
                        "next_page="
                            + URLEncoder.encode(known.get(ends(token)), StandardCharsets.UTF_8)));
      }
      Answer answer = service.send(sent);
      answer.edited(
          page -> {
            String given = page.path("next_page").asString("");
            if (given.length() > 40) {
              known.put(ends(given), given);
            }
          });
      return answer;
    }

    private static String ends(String token) {
      return token.substring(0, 20) + token.substring(token.length() - 20);
    }
  }

  private void accepted() {
    String kind = "202";
    for (String family : List.of("manifest", "query", "dicomMetadata")) {
      Predicate<Request> any = FIRST_PAGES.get(family).or(NEXT_PAGES.get(family));
      change(
          kind,
          "202-without-token-" + family,
          family + ": a 202 has no token",
          "accepted.token",
          any,
          answer ->
              answer.status() == 202
                  ? answer.edited(
                      body -> {
                        body.put("next_page", "");
                        if (body.get("query_info") instanceof ObjectNode info) {
                          info.put("next_page", "");
                        }
                      })
                  : answer);
      change(
          kind,
          "202-code-" + family,
          family + ": a 202 has the code 200",
          "spec.code",
          any,
          answer -> answer.status() == 202 ? answer.edited(body -> body.put("code", 200)) : answer);
      add(
          kind,
          "202-second-page-" + family,
          family + ": after a 202 the second page comes",
          "accepted.rows",
          () -> new SkippedFirstPage(NEXT_PAGES.get(family)));
      add(
          kind,
          "202-cohort-again-" + family,
          family + ": the page after a 202 repeats the cohort",
          "accepted.first-page",
          () -> new RepeatedCohort());
    }
  }

  /** Repeats a cohort in every page after a 202. */
  private static final class RepeatedCohort implements Proxy.Behaviour {
    private final AtomicInteger waits = new AtomicInteger();

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      Answer answer = service.send(request);
      if (answer.status() == 202) {
        waits.incrementAndGet();
        return answer;
      }
      return waits.get() > 0 && request.has("/nextPage") && answer.status() == 200
          ? answer.edited(page -> page.putObject("cohort").put("name", "again"))
          : answer;
    }
  }

  /** Goes on to the second page where the first is asked for by the token of a 202. */
  private static final class SkippedFirstPage implements Proxy.Behaviour {
    private final Predicate<Request> next;
    private final Map<String, Boolean> waiting = new ConcurrentHashMap<>();

    SkippedFirstPage(Predicate<Request> next) {
      this.next = next;
    }

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      Answer answer = service.send(request);
      if (answer.status() == 202) {
        answer.edited(
            body -> {
              waiting.put(body.path("next_page").asString(""), true);
              waiting.put(body.path("query_info").path("next_page").asString(""), true);
            });
        return answer;
      }
      if (!next.test(request) || answer.status() != 200 || !waiting.containsKey(token(request))) {
        return answer;
      }
      String[] second = {""};
      answer.edited(page -> second[0] = page.path("next_page").asString(""));
      return second[0].isEmpty()
          ? answer
          : service.send(
              request.withTarget(
                  request
                      .target()
                      .replaceAll(
                          "next_page=[^&]*",
                          "next_page=" + URLEncoder.encode(second[0], StandardCharsets.UTF_8))));
    }
  }

  private void filters() {
    String kind = "filters";
    Predicate<Request> previews = FIRST_PAGES.get("manifest").or(FIRST_PAGES.get("query"));
    mistake(
        kind,
        "case-matters",
        "a modality in lower case matches nothing",
        "filters.case",
        previews.and(request -> request.text().matches(".*\"Modality\":\\[\"[a-z].*")),
        request ->
            request.withBody(
                request.text().replaceAll("\"Modality\":\\[[^\\]]*\\]", "\"Modality\":[\"zz\"]")));
    mistake(
        kind,
        "first-value-only",
        "only the first value of a list counts",
        "filters.or",
        previews,
        request ->
            request.withBody(
                request
                    .text()
                    .replaceAll("\"PatientID\":\\[(\"[^\"]*\")[^\\]]*\\]", "\"PatientID\":[$1]")));
    mistake(
        kind,
        "pattern-is-text",
        "a % in a single value is a character like others",
        "filters.like",
        previews.and(request -> request.text().contains("%")),
        request -> request.withBody(request.text().replace("%\"", "zz\"")));
    mistake(
        kind,
        "or-between-attributes",
        "another attribute opens the collection",
        "filters.and",
        previews.and(request -> request.text().matches(".*\"Modality\":\\[\"[A-Z]+\"\\].*")),
        request ->
            request.withBody(
                request
                    .text()
                    .replaceAll("\"collection_id\":\\[[^\\]]*\\],?", "")
                    .replace(",}", "}")));
    for (Map.Entry<String, String> ends :
        Map.of(
                "_btw\"",
                "_ebtwe\"",
                "_ebtw\"",
                "_ebtwe\"",
                "_btwe\"",
                "_btw\"",
                "_ebtwe\"",
                "_btw\"")
            .entrySet()) {
      mistake(
          kind,
          "ends-" + ends.getKey().replace("\"", ""),
          ends.getKey().replace("\"", "") + " is taken for " + ends.getValue().replace("\"", ""),
          "filters.range-ends",
          previews.and(request -> request.text().contains("SliceThickness" + ends.getKey())),
          request -> request.withBody(request.text().replace(ends.getKey(), ends.getValue())));
    }
    for (Map.Entry<String, String> ends :
        Map.of("_lt\"", "_lte\"", "_lte\"", "_lt\"", "_gt\"", "_gte\"", "_gte\"", "_gt\"")
            .entrySet()) {
      mistake(
          kind,
          "end-" + ends.getKey().replace("\"", ""),
          ends.getKey().replace("\"", "") + " is taken for " + ends.getValue().replace("\"", ""),
          "filters.range-ends",
          previews.and(request -> request.text().contains("SliceThickness" + ends.getKey())),
          request -> request.withBody(request.text().replace(ends.getKey(), ends.getValue())));
    }
    change(
        kind,
        "echo-as-given",
        "collection_id is echoed in upper case",
        "filters.collection-spelling",
        FIRST_PAGES.get("manifest"),
        answer ->
            answer.edited(
                page -> {
                  if (page.at("/cohort/filterSet/filters/collection_id") instanceof ArrayNode ids
                      && page.path("manifest").path("rowsReturned").asInt() == 1) {
                    String id = ids.path(0).asString("").toUpperCase(Locale.ROOT);
                    ids.removeAll();
                    ids.add(id);
                  }
                }));
  }

  private void auth() {
    String kind = "auth";
    Answer cohorts = Answer.json(200, "{\"code\":200,\"cohorts\":[]}");
    change(
        kind,
        "anonymous-has-cohorts",
        "GET /cohorts of nobody is an empty list",
        "auth.anonymous-cohorts",
        on("GET", "/cohorts").and(request -> request.authorization().isEmpty()),
        answer -> cohorts);
    mistake(
        kind,
        "garbled-is-nobody",
        "a garbled token counts as none",
        "auth.garbled-token",
        request -> request.authorization().contains("not.a.token"),
        request -> request.withAuthorization(""));
    change(
        kind,
        "token-repeated",
        "a refusal repeats the token",
        "auth.garbled-token",
        request -> request.authorization().contains("not.a.token"),
        answer -> Answer.json(401, "{\"code\":401,\"message\":\"bad token not.a.token\"}"));
    for (String path : List.of("manifest", "query")) {
      add(
          kind,
          "saved-to-anybody-" + path,
          "the " + path + " of a saved cohort is shown to anybody",
          "auth.anonymous-saved-cohort",
          () -> new AnybodysCohorts("/cohorts/" + path + "/" + ID));
    }
    change(
        kind,
        "no-account",
        "an account has no e-mail address",
        "auth.account",
        OPERATIONS.get("getAccountDetails"),
        ifOk(
            answer ->
                answer.edited(
                    body -> ((ObjectNode) body.get("user_details")).put("email", "none"))));
  }

  /** Asks for a saved cohort with the last authorization that was there. */
  private static final class AnybodysCohorts implements Proxy.Behaviour {
    private final String path;
    private volatile String last = "";

    AnybodysCohorts(String path) {
      this.path = path;
    }

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      if (!request.authorization().isEmpty()) {
        last = request.authorization();
      }
      return service.send(
          request.path().matches(path) && request.authorization().isEmpty()
              ? request.withAuthorization(last)
              : request);
    }
  }

  private void negatives() {
    String kind = "negative input";
    record Negative(String id, String what, String rule, Predicate<Request> when) {}
    Function<String, Predicate<Request>> bodyHas = text -> request -> request.text().contains(text);
    for (Negative negative :
        List.of(
            new Negative(
                "no-column",
                "a manifest without a column is taken",
                "manifest.no-column",
                FIRST_PAGES.get("manifest").and(request -> !request.has("="))),
            new Negative(
                "manifest-page-size",
                "a manifest's page_size may be no integer",
                "manifest.page-size",
                FIRST_PAGES.get("manifest").and(request -> request.has("page_size="))),
            new Negative(
                "query-page-size",
                "a query's page_size may be no integer",
                "query.page-size",
                FIRST_PAGES.get("query").and(request -> request.has("page_size="))),
            new Negative(
                "manifest-key",
                "a manifest takes next_page",
                "manifest.unknown-key",
                FIRST_PAGES.get("manifest").and(request -> request.has("next_page="))),
            new Negative(
                "script",
                "a cohort's name may be a script",
                "cohorts.refused",
                on("POST", "/cohorts").and(bodyHas.apply("<script>"))),
            new Negative(
                "true",
                "true counts as True",
                "manifest.true-literal",
                FIRST_PAGES
                    .get("manifest")
                    .and(request -> request.target().matches(".*=(true|TRUE|1)(&.*)?"))))) {
      change(
          kind,
          "taken-" + negative.id(),
          negative.what(),
          negative.rule(),
          negative.when(),
          answer -> answer.status() == 400 ? emptyAnswer(answer) : answer);
    }
    taken(
        "unknown-key",
        "collections takes an unknown key",
        "metadata.unknown-key",
        OPERATIONS.get("listCollections"),
        request -> request.withTarget("/v1/collections"));
    taken(
        "unknown-source",
        "attributes takes an unknown data source",
        "metadata.attributes-unknown-source",
        OPERATIONS.get("listAttributes").and(request -> request.has("data_source=")),
        request -> request.withTarget("/v1/attributes"));
    taken(
        "manifest-no-json",
        "a manifest takes a body that is not JSON",
        "manifest.refused-body",
        FIRST_PAGES.get("manifest").and(request -> !request.text().endsWith("}")),
        request -> request.withBody("{\"name\":\"\",\"description\":\"\",\"filters\":{}}"));
    taken(
        "query-no-json",
        "a query takes a body that is not JSON",
        "query.refused-body",
        FIRST_PAGES.get("query").and(request -> !request.text().endsWith("}")),
        request ->
            request.withBody(
                "{\"cohort_def\":{\"name\":\"n\",\"description\":\"\",\"filters\":{}},"
                    + "\"queryFields\":{\"fields\":[\"Modality\"]}}"));
    change(
        kind,
        "silent-offenders",
        "only one unknown attribute is named",
        "manifest.unknown-attributes",
        FIRST_PAGES.get("manifest"),
        answer ->
            answer.status() == 400
                ? answer.edited(body -> body.put("message", "bad filters"))
                : answer);
    change(
        kind,
        "errors-without-message",
        "errors have no message",
        "spec.body",
        request -> true,
        answer -> answer.status() == 400 ? answer.edited(body -> body.remove("message")) : answer);
    change(
        kind,
        "foreign-400",
        "somebody else's cohort is 400",
        "manifest.saved-refused",
        on("GET", "/cohorts/manifest/" + ID).and(request -> !request.authorization().isEmpty()),
        answer ->
            answer.status() == 403
                ? Answer.json(400, "{\"code\":400,\"message\":\"no\"}")
                : answer);
    change(
        kind,
        "foreign-query-400",
        "somebody else's cohort is 400 to a query",
        "query.saved-refused",
        on("POST", "/cohorts/query/" + ID).and(request -> !request.authorization().isEmpty()),
        answer ->
            answer.status() == 403
                ? Answer.json(400, "{\"code\":400,\"message\":\"no\"}")
                : answer);
  }

  /** A request that should be refused, and is answered as a good one is. */
  private void taken(
      String id, String what, String rule, Predicate<Request> when, UnaryOperator<Request> good) {
    add(
        "negative input",
        "taken-" + id,
        what,
        rule,
        () ->
            (request, service) -> {
              Answer answer = service.send(request);
              return when.test(request) && answer.status() == 400
                  ? service.send(good.apply(request))
                  : answer;
            });
  }

  /** A 200 of the right shape is not to be had here; a status that is not documented would tell. */
  private static Answer emptyAnswer(Answer refused) {
    return refused.withStatus(401).edited(body -> body.put("code", 401));
  }

  private void state() {
    String kind = "delete then read";
    add(
        kind,
        "delete-forgets-nothing",
        "a deleted cohort is still listed",
        "cohorts.life",
        () -> new KeptCohorts());
    add(
        kind,
        "delete-of-a-stranger",
        "somebody else's cohort is deleted all the same",
        "cohorts.delete-foreign",
        () -> new DeletedByAnybody());
    change(
        kind,
        "delete-order",
        "the outcomes of a deletion come in another order",
        "cohorts.delete-several",
        on("DELETE", "/cohorts"),
        answer -> answer.edited(body -> reverse((ArrayNode) body.get("cohorts"))));
    change(
        kind,
        "delete-again-silent",
        "deleting a deleted cohort says nothing",
        "cohorts.delete-again",
        OPERATIONS.get("deleteCohort"),
        answer ->
            answer.edited(body -> ((ObjectNode) body.at("/cohorts/0/result")).remove("message")));
    change(
        kind,
        "saved-loses-rows",
        "the manifest of a saved cohort lacks its last row",
        "manifest.saved",
        OPERATIONS.get("getManifest"),
        answer -> withRows(answer, rows -> withCount(rows, rows.size() - 1)));
    change(
        kind,
        "saved-query-loses-rows",
        "the query of a saved cohort lacks its last row",
        "query.saved",
        OPERATIONS.get("queryCohort"),
        answer -> withRows(answer, rows -> withCount(rows, rows.size() - 1)));
  }

  /** Says that a cohort is deleted, and keeps it. */
  private static final class KeptCohorts implements Proxy.Behaviour {
    private final AtomicInteger deletions = new AtomicInteger();
    private volatile String list = "";

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      Answer answer = service.send(request);
      if (request.is("DELETE", "/cohorts.*")) {
        deletions.incrementAndGet();
      }
      if (!request.is("GET", "/cohorts") || answer.status() != 200) {
        return answer;
      }
      if (deletions.getAndSet(0) > 0 && !list.isEmpty()) {
        return answer.withBody(list);
      }
      list = answer.text();
      return answer;
    }
  }

  /** Deletes for whoever asks, as the one who saved. */
  private static final class DeletedByAnybody implements Proxy.Behaviour {
    private volatile String owner = "";

    @Override
    public Answer answer(Request request, Proxy.Service service) throws IOException {
      if (request.is("POST", "/cohorts")) {
        owner = request.authorization();
      }
      return service.send(
          request.is("DELETE", "/cohorts/" + ID) ? request.withAuthorization(owner) : request);
    }
  }
}
