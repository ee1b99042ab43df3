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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Writes the pages of the site and the files that the pages need. */
final class Site {

  private static final List<Page> TASKS =
      List.of(
          Page.of("client", "Use the client", "docs/client.md"),
          Page.of("check", "Check a service", "docs/check.md"),
          Page.of("serve", "Run the service", "docs/serve.md"),
          Page.of("deployed", "Deployed-compatible mode", "docs/deployed.md"),
          Page.of("generate", "Generate a client", "docs/generate.md"),
          Page.of("command", "The command", "docs/command.md"),
          Page.of("tasks", "Tasks", "docs/tasks.md"),
          Page.of("migrate", "Migrate from version 1", "docs/migrate.md"));

  private static final List<Page> GUIDES =
      List.of(
          Page.of("paging", "Paging", "site/src/main/guides/paging.md"),
          Page.of("accepted", "HTTP 202: pending queries", "site/src/main/guides/accepted.md"),
          Page.of("filters", "Filters", "site/src/main/guides/filters.md"),
          Page.of("credentials", "Credentials", "site/src/main/guides/credentials.md"));

  private static final Page RULES = Page.of("rules", "Rules", "docs/rules.md");

  private static final List<Page> SPEC =
      List.of(
          Page.of("document", "Forms of the spec", "openapi/README.md"),
          Page.of("changelog", "Changelog", "openapi/CHANGELOG.md"),
          RULES);

  private static final Page INTERNALS =
      Page.of("internals", "Internals", "docs/internals/modules.md");

  /** Pages for maintainers. Of these pages, only {@link #INTERNALS} is in the menu. */
  private static final List<Page> MAINTENANCE =
      List.of(
          INTERNALS,
          Page.of("gate", "Change gate", "openapi/gate/README.md"),
          Page.of("edits", "Seeded edits", "docs/internals/spec-gate.md"),
          Page.of("mutants", "Seeded faults", "docs/internals/mutants.md"),
          Page.of("attack", "Attacks on the service", "docs/internals/attack.md"));

  private static final Page START = Page.of("index", "Start", "");
  private static final Page REFERENCE = Page.of("reference", "Reference", "");
  private static final Page ATTRIBUTES = Page.of("attributes", "Attributes", "");

  private static final List<String> ASSETS =
      List.of("site.css", "site.js", "code.js", "filter.js", "reference.js");
  private static final String RECORDED = "site/src/main/recorded/";
  private static final String REPORT_SCHEMA =
      "conformance-tests/src/main/resources/io/github/idc4j/conformance/report/report.schema.json";
  private static final String WEBJARS = "/META-INF/resources/webjars/";
  private static final String NPM = "org.webjars.npm";

  private final Path project;
  private final Markdown markdown;
  private final SearchIndex index = new SearchIndex();

  Site(Path project) {
    this.project = project;
    this.markdown = new Markdown(project, markdownPages());
  }

  static List<Page> markdownPages() {
    return Stream.of(TASKS, GUIDES, SPEC, MAINTENANCE).flatMap(List::stream).toList();
  }

  void write(Path output) throws IOException {
    Files.createDirectories(output.resolve("assets"));
    Reference reference = new Reference(new Samples(project.resolve("site/src/main/samples")));
    index.add(reference);
    for (Page page : markdownPages()) {
      writeMarkdown(page, output, GUIDES.contains(page) || TASKS.contains(page) ? 3 : 1);
    }
    List<Attribute> attributes =
        Attribute.readAll(
            reference.document().at("/components/schemas/Filters/properties").propertyNames());
    index.add(ATTRIBUTES, attributes);
    write(
        output,
        ATTRIBUTES,
        render(
            "attributes",
            Map.of("groups", Attribute.grouped(attributes), "filter", filter("attributes"))));
    write(output, REFERENCE, render("reference", Map.of("operations", reference.operations())));
    Files.writeString(output.resolve("reference.md"), MarkdownReference.of(reference.document()));
    Map<String, List<Page>> groups = new LinkedHashMap<>();
    groups.put("Tasks", TASKS);
    groups.put("Guides", GUIDES);
    groups.put("Spec", SPEC);
    Files.writeString(output.resolve("llms.txt"), LlmsText.of(groups));
    Map<String, Object> start =
        Map.of(
            "version", IdcOpenApi.version(),
            "sha256", IdcOpenApi.sha256(),
            "operations", reference.operations(),
            "command", Files.readString(project.resolve(RECORDED + "manifest.sh")).strip(),
            "result", Files.readString(project.resolve(RECORDED + "manifest.json")).strip(),
            "downloads", Download.writeDocuments(output.resolve("downloads")),
            "reportSchema",
                Download.write(
                    project.resolve(REPORT_SCHEMA).toUri().toURL(), output.resolve("downloads")));
    write(output, START, render("index", start));

    script(output, "spec.js", "IDC", reference.document());
    script(output, "index.js", "IDC_INDEX", index.entries());
    for (String asset : ASSETS) {
      copy("assets/" + asset, output.resolve("assets").resolve(asset));
    }
    copy(WEBJARS + "scalar/scalar.js", output.resolve("assets/scalar.js"));
    copy(
        webjar("org.webjars", "highlightjs") + "highlight.min.js",
        output.resolve("assets/highlight.js"));
    copy(webjar(NPM, "lunr") + "lunr.js", output.resolve("assets/lunr.js"));
    copy(webjar(NPM, "mermaid") + "dist/mermaid.min.js", output.resolve("assets/mermaid.js"));
  }

  /**
   * Returns the resource folder of a script in a WebJar. The name of this folder contains the
   * version of the script.
   */
  private static String webjar(String group, String name) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = open("/META-INF/maven/" + group + "/" + name + "/pom.properties")) {
      properties.load(in);
    }
    return WEBJARS + name + "/" + properties.getProperty("version") + "/";
  }

  private void writeMarkdown(Page page, Path output, int weight) throws IOException {
    Markdown.Content content = markdown.read(page);
    index.add(page, content, weight);
    boolean grouped = page.equals(RULES);
    Map<String, Object> values =
        Map.of(
            "title", content.title(),
            "longPage", content.longPage(),
            "headings", content.headings(),
            "filter", grouped ? filter("rules and statements") : "",
            "html", grouped ? Markdown.grouped(content) : content.html());
    write(output, page, render("text", values));
  }

  private static String filter(String entries) {
    return render("filter", Map.of("entries", entries));
  }

  private static void write(Path output, Page page, String body) throws IOException {
    Map<String, Object> values =
        Map.of(
            "title",
            page.title(),
            "body",
            body,
            "wide",
            page.equals(REFERENCE),
            "diagrams",
            body.contains("class=\"mermaid\""),
            "code",
            body.contains("<pre tabindex=\"0\"><code"),
            "filter",
            body.contains("id=\"filter\""),
            "version",
            IdcOpenApi.version(),
            "groups",
            List.of(
                group("Tasks", page, START, TASKS),
                group("API", page, REFERENCE, GUIDES),
                group("Spec", page, ATTRIBUTES, SPEC),
                group("Project", page, INTERNALS, List.of())));
    Files.writeString(output.resolve(page.file()), render("page", values));
  }

  private static Map<String, Object> group(
      String title, Page current, Page first, List<Page> others) {
    List<Map<String, Object>> links =
        Stream.concat(Stream.of(first), others.stream())
            .map(
                page ->
                    Map.<String, Object>of(
                        "file", page.file(),
                        "title", page.title(),
                        "current",
                            page.equals(MAINTENANCE.contains(current) ? INTERNALS : current)))
            .toList();
    return Map.of("title", title, "links", links);
  }

  static String render(String template, Object values) {
    try (Reader reader =
        new InputStreamReader(open("templates/" + template + ".html"), StandardCharsets.UTF_8)) {
      Template compiled = Mustache.compiler().emptyStringIsFalse(true).compile(reader);
      return compiled.execute(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void script(Path output, String file, String name, Object value)
      throws IOException {
    String json = JsonMapper.shared().writeValueAsString(value);
    Files.writeString(
        output.resolve("assets").resolve(file), "window." + name + " = " + json + ";\n");
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
