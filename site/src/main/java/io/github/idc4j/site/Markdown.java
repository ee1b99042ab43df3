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

/** Markdown files of the project as HTML. */
final class Markdown {

  /** The name of a program of the project, in place of a copy of it. */
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
   * A page.
   *
   * @param title its first heading
   * @param html what stands below the title
   * @param headings those of the second level
   */
  record Content(Heading title, String html, List<Heading> headings) {

    boolean longPage() {
      return headings.size() > 2;
    }
  }

  /** A heading, with its anchor. */
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
   * Returns the page with a part that can be closed for each heading: groups for those of the
   * second level, and entries for those of the third level and for the rows of a group's table. The
   * first paragraph of an entry stays visible when the entry is closed.
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

  /** Returns the place of a paragraph: beside the heading of an entry if it is the first one. */
  private static Element firstParagraph(Element parent) {
    boolean first = parent.hasClass("entry") && parent.childrenSize() == 1;
    return first ? parent.firstElementChild().appendElement("span") : parent.appendElement("p");
  }

  private static Element opened(Element parent, String role, Element heading) {
    Element details = parent.appendElement("details").addClass(role).attr("open", true);
    details.appendElement("summary").appendChild(heading);
    return details;
  }

  /** Makes a link of each table cell's code that is the text of a heading. */
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

  /** A link to a page's file becomes a link to the page; a link to another file, its text. */
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

  /** Returns what stands below each heading, up to the next one. */
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

  /** A part of a page. */
  record Section(Heading heading, String text) {}
}
