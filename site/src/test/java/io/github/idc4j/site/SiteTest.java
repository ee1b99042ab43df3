package io.github.idc4j.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.openapi.IdcOpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  /** Says what is wrong with a link of a page; nothing, if it leads somewhere. */
  private static Stream<String> complaint(String page, String link, Set<String> inReference) {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    String anchor = hash < 0 ? "" : link.substring(hash + 1);
    String target = file.isEmpty() ? page : file;
    boolean found =
        Files.isRegularFile(site.resolve(target))
            && (anchor.isEmpty()
                || (target.equals("reference.html") && inReference.contains(anchor))
                || PAGES.get(target).getElementById(anchor) != null);
    return found ? Stream.empty() : Stream.of(page + ": " + link);
  }

  /** The anchors that Scalar gives to operations. */
  private static Set<String> anchorsOfReference() throws IOException {
    Set<String> anchors = new HashSet<>();
    bundled()
        .get("paths")
        .forEachEntry(
            (path, item) ->
                item.forEachEntry(
                    (method, operation) -> {
                      if (operation.has("operationId")) {
                        String tag =
                            operation.get("tags").get(0).asString().toLowerCase(Locale.ROOT);
                        anchors.add("tag/" + tag + "/" + method.toUpperCase(Locale.ROOT) + path);
                      }
                    }));
    return anchors;
  }

  private static boolean isWeb(String link) {
    return link.matches("(https?|mailto):.*");
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    Set<String> inReference = anchorsOfReference();
    List<String> dead = new ArrayList<>();
    int links = 0;
    for (Map.Entry<String, Document> page : PAGES.entrySet()) {
      for (Element link : page.getValue().select("[href], [src]")) {
        String to = link.hasAttr("href") ? link.attr("href") : link.attr("src");
        if (!isWeb(to) && !to.startsWith("data:")) {
          links++;
          complaint(page.getKey(), to, inReference).forEach(dead::add);
        }
      }
    }
    for (JsonNode entry : script("index.js").values()) {
      links++;
      complaint("index.js", entry.get("url").asString(), inReference).forEach(dead::add);
    }

    assertThat(links).isGreaterThan(300);
    assertThat(dead).isEmpty();
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
        .contains("assets/site.css", "assets/site.js", "assets/scalar.js", "assets/mermaid.js")
        .noneMatch(SiteTest::isWeb);
  }

  @Test
  void everyPageSaysWhatItIsAbout() {
    assertThat(PAGES).hasSize(12);
    PAGES.forEach(
        (name, page) -> {
          assertThat(page.select("#pages [aria-current=page]").eachAttr("href"))
              .containsExactly(name);
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

    assertThat(shown.get("servers").values())
        .containsExactlyInAnyOrderElementsOf(expected.get("servers").values());
    assertThat(shown.get("servers").get(0).get("url").asString()).isEqualTo(Samples.SERVER);
    assertThat(operations(shown)).hasSize(OPERATIONS);
    shown.remove("servers");
    expected.remove("servers");
    operations(shown).forEach(operation -> ((ObjectNode) operation).remove("x-codeSamples"));
    List.of(shown, expected).forEach(SiteTest::namelessExamples);
    assertThat(shown).isEqualTo(expected);
  }

  private static void namelessExamples(JsonNode document) {
    for (JsonNode operation : operations(document)) {
      JsonNode body = operation.at("/requestBody/content/application~1json");
      if (body.has("examples")) {
        JsonNode only = body.get("examples").values().iterator().next();
        ((ObjectNode) body).putArray("examples").add(only);
      }
    }
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
    assertThat(downloads).hasSize(2 * IdcOpenApi.Form.values().length);
    for (IdcOpenApi.Form form : IdcOpenApi.Form.values()) {
      try (InputStream published = IdcOpenApi.specJson(form).openStream()) {
        String name = Path.of(IdcOpenApi.specJson(form).getPath()).getFileName().toString();
        assertThat(site.resolve("downloads").resolve(name))
            .hasBinaryContent(published.readAllBytes());
      }
    }
  }

  @Test
  void guidesShowRecipesAndDiagrams() throws IOException {
    for (String guide : List.of("paging.html", "accepted.html", "credentials.html")) {
      assertThat(PAGES.get(guide).select("pre.mermaid")).as(guide).isNotEmpty();
    }
    assertThat(PAGES.get("paging.html").select("code.language-java").first().wholeText())
        .isEqualTo(Files.readString(Path.of("../recipes/WholeWalk.java")));
  }
}
