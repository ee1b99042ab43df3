package io.github.idc4j.site;

import java.nio.file.Path;

/**
 * A page that is made from a Markdown file.
 *
 * @param name its file name in the site, without {@code .html}
 * @param title its name in the navigation
 * @param source the Markdown file, from the project's folder
 */
record Page(String name, String title, Path source) {

  static Page of(String name, String title, String source) {
    return new Page(name, title, Path.of(source));
  }

  String file() {
    return name + ".html";
  }
}
