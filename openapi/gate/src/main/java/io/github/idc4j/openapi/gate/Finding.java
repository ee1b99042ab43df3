package io.github.idc4j.openapi.gate;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A change in words, with all operations that show it.
 *
 * @param verdict what it means to programs
 * @param operations such as {@code GET /about}; empty for the document as a whole
 * @param words a clause that says what changed
 * @param pointers where, in the bundled document
 * @param reason why it breaks programs; empty if it does not
 * @param judge who says that it breaks programs; empty if nobody does
 */
record Finding(
    Verdict verdict,
    List<String> operations,
    String words,
    List<String> pointers,
    String reason,
    String judge) {

  private static final int SHOWN = 3;

  Finding join(Finding other) {
    return new Finding(
        verdict,
        union(operations, other.operations),
        words,
        union(pointers, other.pointers),
        reason,
        judge);
  }

  private static List<String> union(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).distinct().toList();
  }

  /** Returns the change as a sentence of a changelog. */
  String sentence() {
    String sentence = operations.isEmpty() ? words : some(operations) + ": " + words;
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1) + ".";
  }

  String places() {
    return some(pointers);
  }

  private static String some(List<String> all) {
    String shown =
        all.stream().limit(SHOWN).map(one -> "`" + one + "`").collect(Collectors.joining(", "));
    return all.size() > SHOWN ? shown + " and " + (all.size() - SHOWN) + " more" : shown;
  }
}
