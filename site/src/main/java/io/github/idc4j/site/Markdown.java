package io.github.idc4j.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/** Converts Markdown files of the project to HTML. */
final class Markdown {

  /**
   * An empty code block that names a file of the project with {@code file=}. The site shows the
   * content of that file in the block.
   */
  private static final Pattern PROGRAM = Pattern.compile("(?m)^```(\\w+) file=([\\w./-]+)\\R```$");

  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());

  private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();
  private final HtmlRenderer renderer = HtmlRenderer.builder().extensions(EXTENSIONS).build();
  private final Path project;
  private final List<Page> pages;

  Markdown(Path project, List<Page> pages) {
    this.project = project;
    this.pages = pages;
  }

  /**
   * The content of a page.
   *
   * @param title the first heading
   * @param html the HTML below the title
   * @param headings the second-level headings
   */
  record Content(Heading title, String html, List<Heading> headings) {

    boolean longPage() {
      return headings.size() > 2;
    }
  }

  /** A heading and its anchor. */
  record Heading(String anchor, String text) {

    static Heading of(Element element) {
      return new Heading(element.id(), element.text());
    }
  }

  Content read(Page page) throws IOException {
    String text = Files.readString(project.resolve(page.source()));
    String withPrograms = PROGRAM.matcher(text).replaceAll(this::program);
    Document html = Jsoup.parseBodyFragment(renderer.render(parser.parse(withPrograms)));
    html.outputSettings().prettyPrint(false);
    for (Element link : html.select("a[href]")) {
      rewrite(link, page);
    }
    for (Element diagram : html.select("pre > code.language-mermaid")) {
      diagram
          .parent()
          .replaceWith(
              new Element("pre")
                  .addClass("mermaid")
                  .appendChild(new TextNode(diagram.wholeText())));
    }
    for (Element code : html.select("pre")) {
      code.attr("tabindex", "0");
    }
    for (Element table : html.select("table")) {
      table.select("th").attr("scope", "col");
      table.wrap(
          "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"></div>");
    }
    List<Heading> headings = html.select("h2").stream().map(Heading::of).toList();
    Element title = html.expectFirst("h1");
    title.remove();
    return new Content(Heading.of(title), html.body().html(), headings);
  }

  /**
   * Returns the HTML of a page with collapsible parts. Each second-level heading starts a group.
   * Each third-level heading starts an entry in a group, and each table row in a group is also an
   * entry. If an entry with a heading is collapsed, its first paragraph stays visible.
   */
  static String grouped(Content content) {
    Element body = Jsoup.parseBodyFragment(content.html()).body();
    body.ownerDocument().outputSettings().prettyPrint(false);
    linkToHeadings(body);
    Element page = new Element("div");
    Element parent = page;
    for (Element child : List.copyOf(body.children())) {
      switch (child.tagName()) {
        case "h2" -> parent = opened(page, "group", child);
        case "h3" -> {
          parent = opened(parent.closest("details.group"), "entry", child);
          parent.attr("data-collapse", true);
        }
        case "p" -> firstParagraph(parent).append(child.html());
        default -> parent.appendChild(child);
      }
    }
    for (Element group : page.select(".group:has(table)")) {
      group.attr("data-collapse", true);
      group.select("tbody tr").addClass("entry");
    }
    for (Element group : page.select(".group")) {
      group.firstElementChild().appendElement("span").text("" + group.select(".entry").size());
    }
    return page.html();
  }

  /**
   * Adds an element for a paragraph and returns the element. The first paragraph of an entry goes
   * beside the heading of the entry.
   */
  private static Element firstParagraph(Element parent) {
    boolean first = parent.hasClass("entry") && parent.childrenSize() == 1;
    return first ? parent.firstElementChild().appendElement("span") : parent.appendElement("p");
  }

  private static Element opened(Element parent, String role, Element heading) {
    Element details = parent.appendElement("details").addClass(role).attr("open", true);
    details.appendElement("summary").appendChild(heading);
    return details;
  }

  /** Links code in table cells to the third-level heading with the same text. */
  private static void linkToHeadings(Element body) {
    Map<String, String> anchors =
        body.select("h3").stream().collect(Collectors.toMap(Element::text, Element::id));
    for (Element code : body.select("td code")) {
      if (anchors.containsKey(code.text())) {
        code.wrap("<a href=\"#" + anchors.get(code.text()) + "\"></a>");
      }
    }
  }

  private String program(MatchResult found) {
    try {
      String text = Files.readString(project.resolve(found.group(2)));
      return Matcher.quoteReplacement("```" + found.group(1) + "\n" + text + "```");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Rewrites a link to a file of the project. If the site has a page for the file, the link leads
   * to that page. Otherwise, the text of the link replaces the link.
   */
  private void rewrite(Element link, Page from) {
    String href = link.attr("href");
    String path = href.replaceFirst("#.*", "");
    if (href.matches("https?://.*") || path.isEmpty() || path.matches("\\w+\\.html")) {
      return;
    }
    Path target = from.source().resolveSibling(path).normalize();
    Optional<Page> page = pages.stream().filter(p -> p.source().equals(target)).findFirst();
    if (page.isPresent()) {
      link.attr("href", page.get().file() + href.substring(path.length()));
    } else if (Files.exists(project.resolve(target))) {
      link.unwrap();
    } else {
      throw new IllegalStateException(
          from.source()
              + " links to "
              + href
              + ", but this file does not exist. Correct the link.");
    }
  }

  /**
   * Returns the sections of a page. Each section has a heading and the text up to the next heading.
   */
  static List<Section> sections(Content content) {
    Element body = Jsoup.parseBodyFragment(content.html()).body();
    List<Section> sections = new ArrayList<>();
    sections.add(new Section(content.title(), upToHeading(body.children())));
    for (Element heading : body.select("h2, h3")) {
      sections.add(new Section(Heading.of(heading), upToHeading(heading.nextElementSiblings())));
    }
    return sections;
  }

  private static String upToHeading(List<Element> elements) {
    return elements.stream()
        .takeWhile(e -> !e.tagName().matches("h[23]"))
        .map(Element::text)
        .collect(Collectors.joining(" "));
  }

  /** A heading and the text below it. */
  record Section(Heading heading, String text) {}
}
