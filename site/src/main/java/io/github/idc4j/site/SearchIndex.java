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

  private static final int OPERATION_WEIGHT = 3;

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
              OPERATION_WEIGHT));
    }
  }

  List<Entry> entries() {
    return entries;
  }
}
