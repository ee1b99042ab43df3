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
   */
  record Entry(String url, String page, String title, String text) {}

  private final List<Entry> entries = new ArrayList<>();

  void add(Page page, Markdown.Content content) {
    for (Markdown.Section section : Markdown.sections(content)) {
      entries.add(
          new Entry(
              page.file() + "#" + section.heading().anchor(),
              page.title(),
              section.heading().text(),
              section.text()));
    }
  }

  void add(Reference reference) {
    for (Reference.Operation operation : reference.operations()) {
      entries.add(
          new Entry(operation.url(), "Reference", operation.title(), operation.description()));
    }
  }

  List<Entry> entries() {
    return entries;
  }
}
