package io.github.idc4j.openapi.gate;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The changes between two OpenAPI documents.
 *
 * @param oldVersion the version of the old document
 * @param newVersion the version of the new document
 * @param findings the changes, with breaking changes first; empty if all changes are editorial
 */
record Comparison(Version oldVersion, Version newVersion, List<Finding> findings) {

  static final String LIBRARY = "openapi-diff";
  static final String OWN = "own rule";

  /**
   * A difference with its verdict. If the difference is breaking, {@code judge} is the source of
   * this verdict, and {@code reason} is the reason for the verdict. Otherwise, both strings are
   * empty.
   */
  private record Judged(Difference difference, String judge, String reason) {

    Verdict verdict() {
      return judge.isEmpty() ? Verdict.COMPATIBLE : Verdict.BREAKING;
    }

    /**
     * Returns a key for grouping. If one change causes differences in several operations, these
     * differences have the same key.
     */
    List<String> change() {
      boolean required = difference.key().equals("required");
      String property = required ? difference.site().parent().key() : "";
      return List.of(verdict().name(), difference.pointer(), property);
    }
  }

  static Comparison of(JsonNode before, JsonNode after) {
    ObjectNode oldContract = Contract.of(before);
    ObjectNode newContract = Contract.of(after);
    return new Comparison(
        version(oldContract),
        version(newContract),
        oldContract.equals(newContract)
            ? List.of()
            : findings(
                Differences.between(oldContract, newContract).stream()
                    .map(difference -> inDocument(difference, before, after))
                    .toList(),
                OpenApiDiff.compare(oldContract, newContract)));
  }

  private static Version version(JsonNode document) {
    return Version.of(document.at("/info/version").asString());
  }

  private static Difference inDocument(Difference difference, JsonNode before, JsonNode after) {
    JsonNode document = difference.isGone() ? before : after;
    return difference.at(Contract.place(document, difference.pointer()));
  }

  static List<Finding> findings(List<Difference> differences, OpenApiDiff library) {
    Collection<List<Judged>> changes =
        differences.stream()
            .map(difference -> judge(difference, library))
            .collect(Collectors.groupingBy(Judged::change, LinkedHashMap::new, Collectors.toList()))
            .values();
    Map<List<String>, Finding> byWords = new LinkedHashMap<>();
    Stream.concat(changes.stream().map(Comparison::finding), unexplained(differences, library))
        .forEach(
            finding ->
                byWords.merge(
                    List.of(finding.verdict().name(), finding.words()), finding, Finding::join));
    return byWords.values().stream()
        .sorted(Comparator.comparing(Finding::verdict).reversed())
        .toList();
  }

  private static Judged judge(Difference difference, OpenApiDiff library) {
    Optional<String> reason = Rules.breaks(difference);
    if (library.flags(difference) && !Rules.isHarmless(difference)) {
      return new Judged(difference, LIBRARY, reason.orElseGet(() -> usualReason(difference)));
    }
    return reason
        .map(text -> new Judged(difference, OWN, text))
        .orElseGet(() -> new Judged(difference, "", ""));
  }

  private static String usualReason(Difference difference) {
    if (difference.site().isInResponse()) {
      return "programs may meet a response that they cannot read";
    }
    return difference.site().isInRequest()
        ? "requests that were right may be refused"
        : "programs that call it, or code generated for it, must change";
  }

  private static Finding finding(List<Judged> change) {
    Judged first = change.get(0);
    List<String> words = change.stream().map(one -> Words.of(one.difference())).distinct().toList();
    boolean shared = words.size() > 1 && Words.isInSchema(first.difference());
    return new Finding(
        first.verdict(),
        change.stream()
            .map(one -> one.difference().site())
            .filter(Site::isOfOperation)
            .map(Site::operation)
            .distinct()
            .toList(),
        shared ? Words.ofSchema(first.difference()) : words.get(0),
        List.of(first.difference().pointer()),
        first.reason(),
        first.judge());
  }

  /**
   * Returns a breaking finding for each incompatibility that openapi-diff finds but {@link
   * Differences} misses. Without these findings, a gap in {@code Differences} could let a breaking
   * change pass.
   */
  private static Stream<Finding> unexplained(List<Difference> differences, OpenApiDiff library) {
    return library.unexplainedBy(differences).stream()
        .map(
            site ->
                new Finding(
                    Verdict.BREAKING,
                    List.of(site.operation()),
                    site.belowOperation().isEmpty()
                        ? "something of it is incompatible"
                        : "something is incompatible at "
                            + String.join(" / ", site.belowOperation()),
                    List.of(),
                    "the gate itself sees no difference there; see Differences",
                    LIBRARY));
  }

  Verdict verdict() {
    return findings.isEmpty() ? Verdict.EDITORIAL : findings.get(0).verdict();
  }

  List<Finding> findings(Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).toList();
  }
}
