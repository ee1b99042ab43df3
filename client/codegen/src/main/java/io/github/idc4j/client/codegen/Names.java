package io.github.idc4j.client.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** Converts names in the contract to Java names, such as {@code sopInstanceUid}. */
final class Names {

  /** A word in a name: an acronym before a capitalized word, a capitalized word, or digits. */
  private static final Pattern WORD =
      Pattern.compile("[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+");

  /**
   * The names of methods of {@code Object}. Java does not allow them as names of record components.
   */
  private static final Set<String> OBJECT_METHODS =
      Set.of(
          "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  private Names() {}

  /** Returns the Java name for a variable, parameter or record component. */
  static String variable(String name) {
    List<String> words = words(name);
    StringBuilder variable = new StringBuilder(words.get(0));
    for (String word : words.subList(1, words.size())) {
      variable.append(capitalized(word));
    }
    String found = variable.toString();
    if (Character.isDigit(found.charAt(0))) {
      return "_" + found;
    }
    return SourceVersion.isKeyword(found) || OBJECT_METHODS.contains(found) ? found + "_" : found;
  }

  /** Returns the Java name for a constant. */
  static String constant(String name) {
    String found = String.join("_", words(name)).toUpperCase(Locale.ROOT);
    return Character.isDigit(found.charAt(0)) ? "_" + found : found;
  }

  private static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(name);
    while (matcher.find()) {
      words.add(matcher.group().toLowerCase(Locale.ROOT));
    }
    if (words.isEmpty()) {
      throw new IllegalArgumentException("Name '" + name + "' has no letter or digit.");
    }
    return words;
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
