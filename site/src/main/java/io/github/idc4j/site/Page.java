package io.github.idc4j.site;

import java.nio.file.Path;

/**
 * A page of the site.
 *
 * @param name the file name of the page, without {@code .html}
 * @param title the title of the page in the navigation
 * @param source the path of the Markdown file, relative to the project folder; empty if the page is
 *     not made from a Markdown file
 */
record Page(String name, String title, Path source) {

  static Page of(String name, String title, String source) {
    return new Page(name, title, Path.of(source));
  }

  String file() {
    return name + ".html";
  }
}
