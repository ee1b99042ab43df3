package io.github.idc4j.openapi.gate;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A change, with a description and all operations that the change affects.
 *
 * @param verdict the effect of the change on programs
 * @param operations the affected operations, such as {@code GET /about}; empty if the change
 *     affects the document as a whole
 * @param words a clause that describes the change
 * @param pointers JSON pointers to the change in the bundled document
 * @param reason why the change breaks programs; empty if the change is not breaking
 * @param judge the source of the verdict, such as {@code openapi-diff}; empty if the change is not
 *     breaking
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

  /** Returns the change as a sentence for a changelog. */
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
