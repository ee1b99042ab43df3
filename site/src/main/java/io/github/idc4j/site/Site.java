package io.github.idc4j.site;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.github.idc4j.openapi.IdcOpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The pages, and what they need, as files. */
final class Site {

  private static final List<Page> GUIDES =
      List.of(
          Page.of("paging", "Paging", "site/src/main/guides/paging.md"),
          Page.of("accepted", "202", "site/src/main/guides/accepted.md"),
          Page.of("filters", "Filters", "site/src/main/guides/filters.md"),
          Page.of("credentials", "Credentials", "site/src/main/guides/credentials.md"));

  private static final List<Page> DOCUMENTS =
      List.of(
          Page.of("document", "The document", "openapi/README.md"),
          Page.of("generated", "Generated clients", "examples/generated/README.md"),
          Page.of("changelog", "Changelog", "openapi/CHANGELOG.md"),
          Page.of("gate", "Change gate", "docs/spec-gate.md"),
          Page.of("rules", "Rules", "docs/rules.md"),
          Page.of("mutants", "Seeded faults", "docs/mutants.md"));

  private static final List<String> ASSETS = List.of("site.css", "site.js", "reference.js");

  /** Scripts of others: name here, place in their jar. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "scalar.js", "/META-INF/resources/webjars/scalar/scalar.js",
          "lunr.js", "/META-INF/resources/webjars/lunr/2.3.9/lunr.js",
          "mermaid.js", "/META-INF/resources/webjars/mermaid/11.14.0/dist/mermaid.min.js");

  private final Path project;
  private final Markdown markdown;
  private final SearchIndex index = new SearchIndex();

  Site(Path project) {
    this.project = project;
    List<Page> pages = new ArrayList<>(GUIDES);
    pages.addAll(DOCUMENTS);
    this.markdown = new Markdown(project, pages);
  }

  void write(Path output) throws IOException {
    Files.createDirectories(output.resolve("assets"));
    Reference reference = new Reference(new Samples(project.resolve("site/src/main/samples")));
    index.add(reference);
    for (Page page : GUIDES) {
      writeMarkdown(page, output, 3);
    }
    for (Page page : DOCUMENTS) {
      writeMarkdown(page, output, 1);
    }
    write(
        output.resolve("reference.html"),
        page("reference", "Reference", render("reference", Map.of()), true));
    Map<String, Object> start =
        Map.of(
            "version", IdcOpenApi.version(),
            "sha256", IdcOpenApi.sha256(),
            "operations", reference.operations(),
            "downloads", Download.writeAll(output.resolve("downloads")));
    write(output.resolve("index.html"), page("index", "Start", render("index", start), false));

    script(output, "spec.js", "IDC", reference.document());
    script(output, "index.js", "IDC_INDEX", index.entries());
    for (String asset : ASSETS) {
      copy("assets/" + asset, output.resolve("assets").resolve(asset));
    }
    for (Map.Entry<String, String> library : LIBRARIES.entrySet()) {
      copy(library.getValue(), output.resolve("assets").resolve(library.getKey()));
    }
  }

  private void writeMarkdown(Page page, Path output, int weight) throws IOException {
    Markdown.Content content = markdown.read(page);
    index.add(page, content, weight);
    write(
        output.resolve(page.file()),
        page(page.name(), page.title(), render("text", content), false));
  }

  private static String page(String name, String title, String body, boolean wide) {
    return render(
        "page",
        Map.of(
            "title",
            title,
            "body",
            body,
            "wide",
            wide,
            "diagrams",
            body.contains("class=\"mermaid\""),
            "version",
            IdcOpenApi.version(),
            "groups",
            List.of(
                group("API", name, Page.of("index", "Start", ""), reference()),
                group("Guides", name, GUIDES.toArray(new Page[0])),
                group("More", name, DOCUMENTS.toArray(new Page[0])))));
  }

  private static Page reference() {
    return Page.of("reference", "Reference", "");
  }

  private static Map<String, Object> group(String title, String current, Page... pages) {
    List<Map<String, Object>> links = new ArrayList<>();
    for (Page page : pages) {
      links.add(
          Map.of(
              "file", page.file(),
              "title", page.title(),
              "current", page.name().equals(current)));
    }
    return Map.of("title", title, "links", links);
  }

  static String render(String template, Object values) {
    try (Reader reader =
        new InputStreamReader(open("templates/" + template + ".html"), StandardCharsets.UTF_8)) {
      Template compiled = Mustache.compiler().compile(reader);
      return compiled.execute(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void script(Path output, String file, String name, Object value)
      throws IOException {
    String json = JsonMapper.shared().writeValueAsString(value);
    write(output.resolve("assets").resolve(file), "window." + name + " = " + json + ";\n");
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  private static void copy(String resource, Path file) throws IOException {
    try (InputStream in = open(resource)) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static InputStream open(String resource) throws IOException {
    InputStream in = Site.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException("There is no " + resource + " on the class path");
    }
    return in;
  }
}
