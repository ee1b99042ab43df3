package io.github.idc4j.client.codegen;

/** Converts descriptions in the specification from Markdown to Javadoc. */
final class Javadoc {

  private Javadoc() {}

  static String of(String description) {
    return description
        .strip()
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("*/", "*&#47;")
        .replaceAll("`([^`]*)`", "<code>$1</code>")
        .replaceAll("\\*\\*([^*]*)\\*\\*", "<b>$1</b>")
        .replace("@", "&#64;")
        .replaceAll("\\R\\R+", " <p>")
        .replaceAll("\\R", " ");
  }
}
