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
 * Rules that may fail without failing the run, because the failures are known. Immutable.
 *
 * <p>A file of known failures is a CSV file with the columns {@code rule,reason,link,expires}. The
 * column {@code expires} contains the last date on which the entry applies, such as 2027-01-31, in
 * UTC.
 */
public final class KnownFailures {

  private static final List<String> COLUMNS = List.of("rule", "reason", "link", "expires");

  private final Map<String, Entry> entries;

  private KnownFailures(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /**
   * An entry in the list of known failures.
   *
   * @param expires last date on which the entry applies
   */
  record Entry(String rule, String reason, String link, LocalDate expires) {}

  /** Returns an empty list of known failures. */
  public static KnownFailures none() {
    return new KnownFailures(Map.of());
  }

  /**
   * Reads a file of known failures.
   *
   * @throws IllegalArgumentException if the file cannot be read, or if an entry is incomplete or
   *     invalid; for an entry, the message contains the line number
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

  /**
   * Returns the outcome. Changes its status to {@link Status#KNOWN} if the violated rule is a known
   * failure.
   */
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
   * Returns a message for each entry that is out of date after a run, because the entry has expired
   * or the rule passes.
   *
   * @param whole whether the run is complete. Only then does a rule that applies to every response
   *     count as passed if no check found a violation.
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
        // One valid response does not show that all other responses are valid.
        passed = whole;
      }
      if (!known && passed) {
        problems.add("known failure " + entry.rule() + ": it passes now; remove the entry");
      }
    }
    return problems;
  }
}
