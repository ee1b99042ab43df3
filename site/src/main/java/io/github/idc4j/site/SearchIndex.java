package io.github.idc4j.site;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the entries that the search on the site can find. In the browser, lunr builds the search
 * index from these entries.
 */
final class SearchIndex {

  /**
   * A part of a page that the search can find.
   *
   * @param url the URL of this part
   * @param page the title of the page, or the kind of this part, such as {@code Schema}
   * @param title the title of this part
   * @param text the text of this part
   * @param weight the weight of a match in this part
   */
  record Entry(String url, String page, String title, String text, int weight) {}

  private static final int REFERENCE_WEIGHT = 3;

  private final List<Entry> entries = new ArrayList<>();

  void add(Page page, Markdown.Content content, int weight) {
    for (Markdown.Section section : Markdown.sections(content)) {
      entries.add(
          new Entry(
              page.file() + "#" + section.heading().anchor(),
              page.title(),
              section.heading().text(),
              section.text(),
              weight));
    }
  }

  void add(Reference reference) {
    for (Reference.Operation operation : reference.operations()) {
      entries.add(
          new Entry(
              operation.url(),
              "Reference",
              operation.title(),
              operation.description(),
              REFERENCE_WEIGHT));
    }
    for (Reference.Parameter parameter : reference.parameters()) {
      entries.add(
          new Entry(
              parameter.url(),
              "Parameter",
              parameter.name(),
              parameter.description(),
              REFERENCE_WEIGHT));
    }
    for (Reference.Schema schema : reference.schemas()) {
      entries.add(
          new Entry(
              schema.url(),
              "Schema",
              schema.name(),
              schema.description() + " " + String.join(" ", schema.properties()),
              1));
    }
  }

  void add(Page page, List<Attribute> attributes) {
    for (Attribute attribute : attributes) {
      entries.add(
          new Entry(
              page.file() + "#" + attribute.name(),
              page.title(),
              attribute.name(),
              attribute.description() + " " + String.join(" ", attribute.ranges()),
              REFERENCE_WEIGHT));
    }
  }

  List<Entry> entries() {
    return entries;
  }
}
