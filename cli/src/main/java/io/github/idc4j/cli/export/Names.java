package io.github.idc4j.cli.export;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/**
 * Completes names that a user typed. Case and underscores do not matter, and the beginning of a
 * name is enough if it fits one name only. Immutable.
 */
final class Names {

  /** Names that are less similar are not suggested. */
  private static final double SIMILAR = 0.85;

  private static final int SUGGESTIONS = 3;

  private final String kind;
  private final List<String> known;

  /**
   * Creates an instance.
   *
   * @param kind what the names stand for, such as {@code attribute}, for messages
   * @param known the names
   */
  Names(String kind, Collection<String> known) {
    this.kind = kind;
    this.known = List.copyOf(known);
  }

  /**
   * Returns the name that a text stands for.
   *
   * @throws IllegalArgumentException if the text stands for no name, or for several
   */
  String complete(String text) {
    String plain = plain(text);
    List<String> equal = matching(name -> plain(name).equals(plain));
    if (equal.contains(text) || equal.size() == 1) {
      return equal.contains(text) ? text : equal.get(0);
    }
    List<String> longer =
        equal.isEmpty() && !plain.isEmpty()
            ? matching(name -> plain(name).startsWith(plain))
            : equal;
    if (longer.size() == 1) {
      return longer.get(0);
    }
    if (!longer.isEmpty()) {
      throw new IllegalArgumentException(
          "The %s %s can be %s. Write one of these names."
              .formatted(kind, text, String.join(" or ", longer)));
    }
    List<String> similar = similar(plain);
    throw new IllegalArgumentException(
        "There is no %s %s.%s"
            .formatted(
                kind,
                text,
                similar.isEmpty() ? "" : " Did you mean " + String.join(" or ", similar) + "?"));
  }

  private List<String> matching(Predicate<String> condition) {
    return known.stream().filter(condition).toList();
  }

  private List<String> similar(String plain) {
    JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
    return known.stream()
        .filter(name -> similarity.apply(plain, plain(name)) >= SIMILAR)
        .sorted(Comparator.comparingDouble((String name) -> -similarity.apply(plain, plain(name))))
        .limit(SUGGESTIONS)
        .toList();
  }

  private static String plain(String name) {
    return name.strip().replace("_", "").toLowerCase(Locale.ROOT);
  }
}
