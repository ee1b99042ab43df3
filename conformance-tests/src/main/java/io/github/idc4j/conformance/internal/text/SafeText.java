package io.github.idc4j.conformance.internal.text;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Escapes text of a service, which may be hostile, for everything that people or CI servers read.
 *
 * <p>Each report passes every text through this class, so that no text can change how the rest of
 * the report is displayed or what a CI server does with it.
 */
public final class SafeText {

  /** Azure Pipelines, GitHub and TeamCity find their commands anywhere in a line. */
  private static final Pattern LOG_COMMAND = Pattern.compile("#(?=#\\w*\\[)");

  /** GitHub ignores spaces before a command. */
  private static final Pattern LINE_COMMAND = Pattern.compile("(?m)^(\\s*):(?=:)");

  /** Jenkins and GitLab attach the file that such a text names. */
  private static final Pattern ATTACHMENT = Pattern.compile("(?i)\\[(?=\\[ATTACHMENT)");

  private static final Pattern SARIF_LINK = Pattern.compile("\\[([^\\[\\]]*)]\\(");
  private static final Pattern MARKDOWN = Pattern.compile("([\\\\`*_~\\[\\]|#])");

  private SafeText() {}

  /**
   * Replaces invisible characters by a visible escape such as {@code \}{@code u202E}: controls
   * except tabs and line breaks, bidirectional and zero-width formatting, and characters that XML
   * 1.0 does not allow. In a JSON text the escape means the same character.
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

  /** Returns visible text on one line. */
  public static String line(String text) {
    return visible(text).replaceAll("\\s*\\n\\s*", " ");
  }

  /** Returns text for the log of a CI server, in which no line is a command of that server. */
  public static String console(String text) {
    String apart = LOG_COMMAND.matcher(visible(text)).replaceAll("# ");
    return LINE_COMMAND.matcher(apart).replaceAll("$1: ");
  }

  /** Returns text for one line of such a log. */
  public static String consoleLine(String text) {
    return console(line(text));
  }

  /** Returns text for the output or failure of a JUnit test case. */
  public static String junit(String text) {
    return ATTACHMENT.matcher(console(text)).replaceAll("[ ");
  }

  /** Returns the plain text of a SARIF message, without links. */
  public static String sarif(String text) {
    return SARIF_LINK.matcher(visible(text)).replaceAll("\\\\[$1\\\\](");
  }

  /** Returns text of the suite itself for a Markdown paragraph. */
  public static String markdown(String text) {
    return MARKDOWN
        .matcher(line(text).replace("&", "&amp;").replace("<", "&lt;"))
        .replaceAll("\\\\$1");
  }

  /**
   * Returns text of a service as a Markdown code span, in which mentions, references, links and
   * HTML have no effect.
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
    // A Markdown reader removes one space at each end.
    boolean isPadded = line.matches("`.*|.*`| .* ");
    return isPadded ? fence + " " + line + " " + fence : fence + line + fence;
  }

  /** Returns text of a service as a Markdown code block. */
  public static String codeBlock(String language, String text) {
    String visible = visible(text);
    String fence = "```";
    while (visible.contains(fence)) {
      fence += "`";
    }
    return fence + language + "\n" + visible + "\n" + fence + "\n";
  }

  /** Returns text for XML, in an element or an attribute. */
  public static String xml(String text) {
    return visible(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
