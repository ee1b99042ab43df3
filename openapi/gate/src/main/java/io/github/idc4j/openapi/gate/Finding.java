package io.github.idc4j.openapi.gate;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A description of a change, with all operations that it affects.
 *
 * @param verdict what it means to programs
 * @param operations such as {@code GET /about}; empty for the document as a whole
 * @param words a clause that says what changed
 * @param pointers where, in the bundled document
 * @param reason why it breaks programs; empty if it does not
 * @param judge source of the decision that it is breaking; empty if it is not
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
