package io.github.idc4j.site;

import java.util.ArrayList;
import java.util.List;

/** What the search looks through; lunr makes its index of it in the browser. */
final class SearchIndex {

  /**
   * A part of a page.
   *
   * @param url where it is
   * @param page the page's title
   * @param title the part's title
   * @param text its words
   * @param weight how much a word counts here
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
