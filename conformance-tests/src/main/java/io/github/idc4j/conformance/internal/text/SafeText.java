package io.github.idc4j.conformance.internal.text;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Escapes text that comes from a service for everything that people or CI servers read. The text
 * may be hostile.
 *
 * <p>Each report passes every text through this class. Therefore, no text can change how the rest
 * of the report is displayed, or what a CI server does with the report.
 */
public final class SafeText {

  /**
   * The beginning of a command to Azure Pipelines, GitHub or TeamCity, which may be anywhere in a
   * line.
   */
  private static final Pattern LOG_COMMAND = Pattern.compile("#(?=#\\w*\\[)");

  /** The beginning of a command to GitHub. GitHub ignores spaces before the command. */
  private static final Pattern LINE_COMMAND = Pattern.compile("(?m)^(\\s*):(?=:)");

  /** Jenkins and GitLab attach the file whose path follows this text. */
  private static final Pattern ATTACHMENT = Pattern.compile("(?i)\\[(?=\\[ATTACHMENT)");

  private static final Pattern SARIF_LINK = Pattern.compile("\\[([^\\[\\]]*)]\\(");
  private static final Pattern MARKDOWN = Pattern.compile("([\\\\`*_~\\[\\]|#])");

  private SafeText() {}

  /**
   * Replaces each invisible character with a visible escape such as {@code \}{@code u202E}.
   * Invisible characters are controls except tabs and line breaks, bidirectional and zero-width
   * formatting, and characters that XML 1.0 does not allow. In a JSON string, the escape means the
   * same character.
   */
  public static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .codePoints()
        .forEach(
            character -> {
              if (isVisible(character)) {
                visible.appendCodePoint(character);
              } else {
                for (char unit : Character.toChars(character)) {
                  visible.append(String.format(Locale.ROOT, "\\u%04X", (int) unit));
                }
              }
            });
    return visible.toString();
  }

  private static boolean isVisible(int character) {
    if (character == '\n' || character == '\t') {
      return true;
    }
    boolean isNoncharacter = (character & 0xFFFE) == 0xFFFE;
    return !isNoncharacter
        && switch (Character.getType(character)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }

  /** Returns a text on one line, with its invisible characters made visible. */
  public static String line(String text) {
    return visible(text).replaceAll("\\s*\\n\\s*", " ");
  }

  /**
   * Returns a text for the log of a CI server. No line of the returned text is a command of the
   * server.
   */
  public static String console(String text) {
    String apart = LOG_COMMAND.matcher(visible(text)).replaceAll("# ");
    return LINE_COMMAND.matcher(apart).replaceAll("$1: ");
  }

  /** Returns a text for one line in the log of a CI server. */
  public static String consoleLine(String text) {
    return console(line(text));
  }

  /** Returns a text for the output or the failure of a JUnit test case. */
  public static String junit(String text) {
    return ATTACHMENT.matcher(console(text)).replaceAll("[ ");
  }

  /** Returns a text for a SARIF message, in which nothing is a link. */
  public static String sarif(String text) {
    return SARIF_LINK.matcher(visible(text)).replaceAll("\\\\[$1\\\\](");
  }

  /** Returns a text of the suite itself for a Markdown paragraph. */
  public static String markdown(String text) {
    return MARKDOWN
        .matcher(line(text).replace("&", "&amp;").replace("<", "&lt;"))
        .replaceAll("\\\\$1");
  }

  /**
   * Returns a text that comes from a service as a Markdown code span. Mentions, references, links
   * and HTML have no effect in the code span.
   */
  public static String code(String text) {
    String line = line(text);
    if (line.isBlank()) {
      return "";
    }
    String fence = "`";
    while (line.contains(fence)) {
      fence += "`";
    }
    // Markdown removes one space at each end of a code span.
    boolean isPadded = line.matches("`.*|.*`| .* ");
    return isPadded ? fence + " " + line + " " + fence : fence + line + fence;
  }

  /**
   * Returns a text that comes from a service as a Markdown code block.
   *
   * @param language language of the code block; empty for none
   */
  public static String codeBlock(String language, String text) {
    String visible = visible(text);
    String fence = "```";
    while (visible.contains(fence)) {
      fence += "`";
    }
    return fence + language + "\n" + visible + "\n" + fence + "\n";
  }

  /** Returns a text for an XML element or attribute. */
  public static String xml(String text) {
    return visible(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
