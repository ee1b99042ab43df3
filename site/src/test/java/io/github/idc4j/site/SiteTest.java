package io.github.idc4j.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.idc4j.openapi.IdcOpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class SiteTest {

  private static final int OPERATIONS = 18;
  private static final Samples SAMPLES = new Samples(Path.of("src/main/samples"));

  @TempDir static Path site;

  private static final Map<String, Document> PAGES = new TreeMap<>();

  @BeforeAll
  static void write() throws IOException {
    new Site(Path.of("..")).write(site);
    try (Stream<Path> files = Files.list(site)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".html")).toList()) {
        PAGES.put(file.getFileName().toString(), Jsoup.parse(file));
      }
    }
  }

  private static JsonNode script(String name) throws IOException {
    String text = Files.readString(site.resolve("assets").resolve(name));
    return JsonMapper.shared().readTree(text.substring(text.indexOf('=') + 1, text.indexOf(";\n")));
  }

  private static ObjectNode bundled() throws IOException {
    try (InputStream in = IdcOpenApi.specJson().openStream()) {
      return (ObjectNode) JsonMapper.shared().readTree(in);
    }
  }

  private static List<JsonNode> operations(JsonNode document) {
    return document
        .get("paths")
        .valueStream()
        .flatMap(JsonNode::valueStream)
        .filter(node -> node.has("operationId"))
        .toList();
  }

  /**
   * Says what is wrong with a link of a page; nothing, if it leads somewhere. The headings of the
   * reference are drawn in the browser: {@link BrowserTest} goes to each.
   */
  private static Stream<String> complaint(String page, String link) {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    String anchor = hash < 0 ? "" : link.substring(hash + 1);
    String target = file.isEmpty() ? page : file;
    boolean found =
        Files.isRegularFile(site.resolve(target))
            && (anchor.isEmpty()
                || target.equals("reference.html")
                || PAGES.get(target).getElementById(anchor) != null);
    return found ? Stream.empty() : Stream.of(page + ": " + link);
  }

  private static boolean isWeb(String link) {
    return link.matches("(https?|mailto):.*");
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    int links = 0;
    for (Map.Entry<String, Document> page : PAGES.entrySet()) {
      for (Element link : page.getValue().select("[href], [src]")) {
        String to = link.hasAttr("href") ? link.attr("href") : link.attr("src");
        if (!isWeb(to) && !to.startsWith("data:")) {
          links++;
          complaint(page.getKey(), to).forEach(dead::add);
        }
      }
    }
    for (JsonNode entry : script("index.js").values()) {
      links++;
      complaint("index.js", entry.get("url").asString()).forEach(dead::add);
    }

    assertThat(links).isGreaterThan(300);
    assertThat(dead).isEmpty();
  }

  @Test
  void programsFindThePagesAndTheWholeReferenceAsText() throws IOException {
    String llms = Files.readString(site.resolve("llms.txt"));
    List<String> links =
        Pattern.compile("]\\(([^)]+)\\)")
            .matcher(llms)
            .results()
            .map(link -> link.group(1))
            .toList();
    assertThat(links)
        .contains("reference.md", "downloads/idc-v1.yaml", "paging.html", "rules.html")
        .allSatisfy(link -> assertThat(site.resolve(link)).isNotEmptyFile());

    String reference = Files.readString(site.resolve("reference.md"));
    for (JsonNode operation : operations(bundled())) {
      assertThat(reference).contains("`" + operation.get("operationId").asString() + "`: ");
    }
    assertThat(reference)
        .contains(
            "### POST /cohorts/manifest/preview", "### ManifestRow", "| `page_size` | query |");
  }

  @Test
  void loadsNothingFromElsewhere() {
    List<String> loaded =
        PAGES.values().stream()
            .flatMap(page -> page.select("[src], link[href]").stream())
            .map(e -> e.hasAttr("src") ? e.attr("src") : e.attr("href"))
            .distinct()
            .toList();

    assertThat(loaded)
        .contains("assets/site.css", "assets/site.js", "assets/reference.js", "assets/mermaid.js")
        .noneMatch(SiteTest::isWeb);
  }

  @Test
  void everyPageSaysWhatItIsAbout() {
    assertThat(PAGES).hasSize(23);
    PAGES.forEach(
        (name, page) -> {
          assertThat(page.select("#pages [aria-current=page]").eachAttr("href"))
              .containsExactly(
                  Set.of("gate.html", "edits.html", "mutants.html", "attack.html").contains(name)
                      ? "internals.html"
                      : name);
          if (!name.equals("reference.html")) {
            assertThat(page.select("h1")).as(name).hasSize(1);
          }
          assertThat(page.select("footer").text()).contains(IdcOpenApi.version());
        });
  }

  @Test
  void theReferenceIsTheDocument() throws IOException {
    ObjectNode expected = bundled();
    ObjectNode shown = (ObjectNode) script("spec.js");

    assertThat(shown.get("servers").valueStream().map(SiteTest::defaultUrl))
        .containsExactly(Samples.SERVER, expected.get("servers").get(1).get("url").asString());
    assertThat(operations(shown)).hasSize(OPERATIONS);
    shown.remove("servers");
    expected.remove("servers");
    operations(shown).forEach(operation -> ((ObjectNode) operation).remove("x-codeSamples"));
    List.of(shown, expected).forEach(SiteTest::namelessExamples);
    List.of(shown, expected).forEach(SiteTest::plainToken);
    assertThat(shown).isEqualTo(expected);
  }

  private static String defaultUrl(JsonNode server) {
    return server
        .get("url")
        .asString()
        .replace("{port}", server.at("/variables/port/default").asString(""));
  }

  private static void namelessExamples(JsonNode document) {
    for (JsonNode operation : operations(document)) {
      JsonNode body = operation.at("/requestBody/content/application~1json");
      if (body.has("examples")) {
        List<JsonNode> examples = List.copyOf(body.get("examples").values());
        ((ObjectNode) body).putArray("examples").addAll(examples);
      }
    }
  }

  /** "Try it" has a field for a token only if its schema has no example. */
  private static void plainToken(JsonNode document) {
    ObjectNode token = (ObjectNode) document.at("/components/parameters/NextPage");
    assertThat(token.get("schema").has("example")).isFalse();
    token.putObject("schema");
  }

  private static ObjectNode operation(ObjectNode document, String path, String method) {
    return (ObjectNode) document.get("paths").get(path).get(method);
  }

  @Test
  void allExamplesOfARequestAreShown() throws IOException {
    ObjectNode document = bundled();
    String body = "/requestBody/content/application~1json/examples";
    ((ObjectNode) operation(document, "/cohorts", "post").at(body))
        .putObject("other")
        .putObject("value");

    Reference reference = new Reference(document, SAMPLES);

    assertThat(operation(reference.document(), "/cohorts", "post").at(body).propertyNames())
        .containsExactly("default", "other");
  }

  @Test
  void everyMethodIsShown() throws IOException {
    ObjectNode document = bundled();
    ObjectNode cohorts = (ObjectNode) document.get("paths").get("/cohorts");
    cohorts.set("put", cohorts.remove("post"));

    Reference reference = new Reference(document, SAMPLES);

    assertThat(reference.operations())
        .extracting(Reference.Operation::title)
        .contains("PUT /cohorts");
    assertThat(operation(document, "/cohorts", "put").at("/x-codeSamples/0/source").asString())
        .startsWith("curl -X PUT ");
  }

  @Test
  void anOperationWithoutASampleInJavaIsRefused() throws IOException {
    ObjectNode document = bundled();
    operation(document, "/cohorts", "post").put("operationId", "saveCohort");

    assertThatThrownBy(() -> new Reference(document, SAMPLES))
        .hasMessageContaining("saveCohort has no sample in Java")
        .hasMessageEndingWith("saveCohort.java");
  }

  @Test
  void aLinkToAFileThatIsNoPageBecomesItsText(@TempDir Path project) throws IOException {
    Page page = Page.of("page", "Page", "docs/page.md");
    Files.createDirectory(project.resolve("docs"));
    Files.writeString(project.resolve("docs/page.md"), "# Page\n\n[other](other.md#part)\n");

    assertThatThrownBy(() -> new Markdown(project, List.of(page)).read(page))
        .hasMessageContaining("links to other.md#part, but this file does not exist");

    Files.writeString(project.resolve("docs/other.md"), "# Other\n");
    assertThat(new Markdown(project, List.of(page)).read(page).html().strip())
        .isEqualTo("<p>other</p>");
  }

  @Test
  void theAttributesAreThoseOfTheDocument() throws IOException {
    Set<String> names =
        script("index.js")
            .valueStream()
            .filter(entry -> entry.get("page").asString().equals("Attributes"))
            .flatMap(
                entry ->
                    (entry.get("title").asString() + " " + entry.get("text").asString()).lines())
            .flatMap(words -> Stream.of(words.split(" ")))
            .collect(Collectors.toSet());
    assertThat(names)
        .containsAll(bundled().at("/components/schemas/Filters/properties").propertyNames())
        .containsAll(
            bundled().at("/components/schemas/DicomMetadataRow/properties").propertyNames())
        .containsAll(
            bundled()
                .at("/components/schemas/QueryField/enum")
                .valueStream()
                .map(JsonNode::asString)
                .toList());
  }

  @Test
  void everyOperationHasASampleInFourLanguages() throws IOException {
    for (JsonNode operation : operations(script("spec.js"))) {
      assertThat(operation.get("x-codeSamples").valueStream().map(s -> s.get("label").asString()))
          .as(operation.get("operationId").asString())
          .containsExactly("curl", "Java", "Python", "TypeScript");
      assertThat(operation.get("x-codeSamples").valueStream().map(s -> s.get("source").asString()))
          .allMatch(source -> source.contains("127.0.0.1:8080/v1") && !source.contains("{{"));
    }
  }

  @Test
  void theStartPageListsOperationsAndDownloads() throws IOException {
    Document start = PAGES.get("index.html");
    Set<String> downloads =
        start.select("a[href^=downloads/]").stream()
            .map(a -> a.attr("href"))
            .collect(Collectors.toSet());

    assertThat(start.select("a[href^=reference.html#tag/]")).hasSize(OPERATIONS);
    assertThat(start.text()).contains(IdcOpenApi.sha256());
    assertThat(downloads)
        .hasSize(2 * IdcOpenApi.Form.values().length + 5)
        .contains(
            "downloads/report.schema.json",
            "downloads/idc-v1.arazzo.yaml",
            "downloads/idc-v1.postman_collection.json",
            "downloads/idc-v1.bruno.zip",
            "downloads/attributes.csv");
    for (IdcOpenApi.Form form : IdcOpenApi.Form.values()) {
      try (InputStream published = IdcOpenApi.specJson(form).openStream()) {
        String name = Path.of(IdcOpenApi.specJson(form).getPath()).getFileName().toString();
        assertThat(site.resolve("downloads").resolve(name))
            .hasBinaryContent(published.readAllBytes());
      }
    }
  }

  @Test
  void guidesShowProgramsAndDiagrams() throws IOException {
    for (String guide :
        List.of("paging.html", "accepted.html", "filters.html", "credentials.html")) {
      assertThat(PAGES.get(guide).select("pre.mermaid")).as(guide).isNotEmpty();
    }
    assertThat(PAGES.get("paging.html").select("code.language-java").first().wholeText())
        .isEqualTo(Files.readString(Path.of("../recipes/WholeWalk.java")));
    assertThat(PAGES.get("accepted.html").select("code.language-typescript").first().wholeText())
        .isEqualTo(Files.readString(Path.of("../examples/generated/typescript-fetch/walk.ts")));
    PAGES.forEach((name, page) -> assertThat(page.select("code:empty")).as(name).isEmpty());
  }

  @Test
  void pagesWithCodeLoadTheScriptsForCode() {
    PAGES.forEach(
        (name, page) ->
            assertThat(page.select("script[src=assets/highlight.js], script[src=assets/code.js]"))
                .as(name)
                .hasSize(page.select("pre > code").isEmpty() ? 0 : 2));
  }

  @Test
  void rulesAreGroupedByArea() {
    Document rules = PAGES.get("rules.html");
    assertThat(rules.select(".group > summary > h2").eachText())
        .contains("spec", "paging", "Statements");
    Element rule = rules.getElementById("pagingevery-row-once").closest("details.entry");
    assertThat(rule.closest("details.group").expectFirst("h2").text()).isEqualTo("paging");
    assertThat(rule.select("summary > span").text()).startsWith("MUST: ");
    assertThat(rule.select("li")).hasSize(3);
    for (Element group : rules.select(".group")) {
      assertThat(group.expectFirst("summary > span").text())
          .isEqualTo("" + group.select(".entry").size());
    }
    assertThat(rules.select("td a[href=#specmedia-type]")).isNotEmpty();
  }

  @Test
  void attributesAreGroupedByDataSource() {
    Document attributes = PAGES.get("attributes.html");
    assertThat(attributes.select(".group > summary > h2").eachText())
        .containsExactly("Images", "Clinical data", "Biospecimens", "Other");
    assertThat(attributes.getElementById("race").closest(".group").expectFirst("h2").id())
        .isEqualTo("clinical");
  }

  @Test
  void theStartPageShowsARecordedResult() {
    Document start = PAGES.get("index.html");
    assertThat(start.select("code.language-sh").text()).contains("/cohorts/manifest/preview");
    assertThat(start.expectFirst("code.language-json").text()).contains("\"rowsReturned\": 2");
  }
}
