package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.rule.Csv;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;

/**
 * Rules whose failures do not fail the run, because they are known. Immutable.
 *
 * <p>The file is CSV with the columns {@code rule,reason,link,expires}. The last is a date such as
 * 2027-01-31, the last day on which the entry applies, in UTC.
 */
public final class KnownFailures {

  private static final List<String> COLUMNS = List.of("rule", "reason", "link", "expires");

  private final Map<String, Entry> entries;

  private KnownFailures(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /** A known failure. */
  record Entry(String rule, String reason, String link, LocalDate expires) {}

  /** Returns an empty list of known failures. */
  public static KnownFailures none() {
    return new KnownFailures(Map.of());
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if the file cannot be read, or an entry is incomplete; the
   *     message names the line
   */
  public static KnownFailures read(Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("There is no file of known failures at " + file);
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    int line = 1;
    for (CSVRecord row : rows(file)) {
      line++;
      Entry entry = entry(file + ", line " + line, row);
      if (entries.put(entry.rule(), entry) != null) {
        throw new IllegalArgumentException(
            file + ", line " + line + ": the rule " + entry.rule() + " has an entry already");
      }
    }
    return new KnownFailures(entries);
  }

  private static List<CSVRecord> rows(Path file) {
    try {
      return Csv.rows(file.toUri().toURL());
    } catch (MalformedURLException | UncheckedIOException e) {
      throw new IllegalArgumentException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static Entry entry(String place, CSVRecord row) {
    for (String column : COLUMNS) {
      if (!row.isSet(column) || row.get(column).isBlank()) {
        throw new IllegalArgumentException(
            place + ": " + column + " is missing; an entry has " + String.join(",", COLUMNS));
      }
    }
    try {
      return new Entry(
          checked(Rules.of(row.get("rule"))).id(),
          row.get("reason"),
          row.get("link"),
          LocalDate.parse(row.get("expires")));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          place + ": expires is a date such as 2027-01-31, not " + row.get("expires"), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
    }
  }

  private static Rule checked(Rule rule) {
    if (!rule.unchecked().isEmpty() || rule.isOfRetired()) {
      throw new IllegalArgumentException(
          "no check can fail by the rule " + rule.id() + ", so it needs no entry");
    }
    return rule;
  }

  /** Returns the outcome, with the status of a known failure if its rule is listed. */
  Outcome apply(Outcome outcome, LocalDate today) {
    return entryOf(outcome)
        .filter(entry -> !today.isAfter(entry.expires()))
        .map(
            entry ->
                outcome.as(
                    Status.KNOWN,
                    "known until "
                        + entry.expires()
                        + ": "
                        + entry.reason()
                        + " ("
                        + entry.link()
                        + "); "
                        + outcome.message()))
        .orElse(outcome);
  }

  private Optional<Entry> entryOf(Outcome outcome) {
    boolean failed = outcome.status() == Status.FAIL || outcome.status() == Status.WARN;
    return failed
        ? outcome.rules().stream().findFirst().map(rule -> entries.get(rule.id()))
        : Optional.empty();
  }

  /**
   * Returns the problems of the entries after a run: expired and stale entries.
   *
   * @param whole whether all checks ran, so that rules of every response without a violation pass
   */
  List<String> problems(List<Outcome> outcomes, boolean whole, LocalDate today) {
    List<String> problems = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (today.isAfter(entry.expires())) {
        problems.add("known failure " + entry.rule() + ": expired on " + entry.expires());
        continue;
      }
      boolean known =
          outcomes.stream()
              .anyMatch(
                  outcome ->
                      outcome.status() == Status.KNOWN
                          && outcome.rules().get(0).id().equals(entry.rule()));
      boolean passed =
          outcomes.stream()
              .anyMatch(
                  outcome ->
                      outcome.status() == Status.PASS
                          && outcome.rules().stream()
                              .anyMatch(rule -> rule.id().equals(entry.rule())));
      if (Rules.of(entry.rule()).isOfEveryResponse()) {
        // One valid response does not show that all others are valid.
        passed = whole;
      }
      if (!known && passed) {
        problems.add("known failure " + entry.rule() + ": it passes now; remove the entry");
      }
    }
    return problems;
  }
}
