package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.client.paging.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Tests the progress with a clock that the test sets. */
class ProgressNotesTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final StringWriter err = new StringWriter();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  private ProgressNotes lines(boolean quiet) {
    return new ProgressNotes(
        new Notes(new PrintWriter(err), quiet, false), false, Long.MAX_VALUE, nanos::get);
  }

  private ProgressNotes bar(Notes notes, long limit) {
    return new ProgressNotes(notes, true, limit, nanos::get);
  }

  private Notes terminal(boolean quiet) {
    return new Notes(new PrintWriter(err), quiet, true);
  }

  private void after(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static Progress rows(long rows, long total) {
    return new Progress(rows, OptionalLong.of(total), (int) (rows / 1000), 0, false);
  }

  private static Progress polls(int polls) {
    return new Progress(0, OptionalLong.empty(), 0, polls, false);
  }

  /** Returns what a user sees: the part of each line after the last return to its start. */
  private String screen() {
    return err.toString()
        .replaceAll("\u001b\\[\\?7[lh]", "")
        .replaceAll("(?m)^.*\r(?=.)", "")
        .replace("\u001b[K", "");
  }

  @Test
  void printsOneLineEveryTenSeconds() {
    ProgressNotes notes = lines(false);
    after(SECOND);
    notes.accept(polls(1));
    after(SECOND.multipliedBy(8));
    notes.accept(rows(1000, 80_000));
    assertThat(err.toString()).isEmpty();
    after(SECOND);
    notes.accept(rows(20_000, 80_000));
    after(SECOND.multipliedBy(5));
    notes.accept(rows(40_000, 80_000));
    after(SECOND.multipliedBy(5));
    notes.accept(new Progress(60_000, OptionalLong.of(80_000), 60, 2, false));

    assertThat(err.toString().lines())
        .containsExactly(
            "20,000 of 80,000 rows, 2,000 rows/s, 0:30 left, page 20",
            "60,000 of 80,000 rows, 3,000 rows/s, 0:07 left, page 60, 2 polls");
  }

  @Test
  void aBarAppearsAtOnceAndALineDoesNot() {
    lines(false).begin();
    assertThat(err.toString()).isEmpty();
    bar(terminal(true), Long.MAX_VALUE).begin();
    assertThat(err.toString()).isEmpty();
    bar(terminal(false), Long.MAX_VALUE).begin();
    assertThat(screen()).isEqualTo("waiting for the first page");
  }

  @Test
  void pendingQueryHasNoRate() {
    ProgressNotes notes = lines(false);
    after(SECOND.multipliedBy(10));
    notes.accept(polls(1));
    after(SECOND.multipliedBy(10));
    notes.accept(polls(4));

    assertThat(err.toString().lines())
        .containsExactly(
            "waiting for the first page, 1 poll", "waiting for the first page, 4 polls");
  }

  @Test
  void rateOmitsTheRowsBeforeTheCheckpoint() {
    ProgressNotes notes = lines(false);
    notes.accept(rows(500_000, 1_000_000));
    after(SECOND.multipliedBy(10));
    notes.accept(rows(501_000, 1_000_000));

    assertThat(err.toString().lines())
        .containsExactly("501,000 of 1,000,000 rows, 100 rows/s, 1:23:10 left, page 501");
  }

  @Test
  void totalThatIsUnknownLeavesOutTheTimeThatIsLeft() {
    ProgressNotes notes = bar(terminal(false), Long.MAX_VALUE);
    after(SECOND);
    notes.accept(new Progress(5000, OptionalLong.empty(), 1, 0, false));

    assertThat(screen()).isEqualTo("5,000 rows, 5,000 rows/s, page 1");
  }

  @Test
  void barReplacesItselfAtMostTenTimesPerSecond() {
    ProgressNotes notes = bar(terminal(false), Long.MAX_VALUE);
    after(SECOND.dividedBy(10));
    notes.accept(rows(1000, 40_000));
    assertThat(screen())
        .isEqualTo(
            "[                    ] 2% 1,000 of 40,000 rows, 10,000 rows/s, 0:04 left, page 1");
    after(SECOND.dividedBy(11));
    notes.accept(rows(2000, 40_000));
    assertThat(screen()).contains("] 2% 1,000 of");
    after(SECOND);
    notes.accept(rows(20_000, 40_000));

    assertThat(screen())
        .startsWith("[##########          ] 50% 20,000 of 40,000 rows")
        .hasLineCount(1);
  }

  @Test
  void limitIsTheEndOfTheBar() {
    ProgressNotes notes = bar(terminal(false), 5000);
    after(SECOND);
    notes.accept(rows(5000, 40_000));

    assertThat(screen()).startsWith("[####################] 100% 5,000 of 5,000 rows");
  }

  @Test
  void noteReplacesTheBar() {
    Notes target = terminal(false);
    ProgressNotes notes = bar(target, Long.MAX_VALUE);
    after(SECOND);
    notes.accept(rows(1000, 40_000));
    target.print("40,000 rows in a.csv");

    assertThat(screen().lines()).containsExactly("40,000 rows in a.csv");
  }

  @Test
  void quietPrintsNothing() {
    ProgressNotes lines = lines(true);
    Notes target = terminal(true);
    ProgressNotes bar = bar(target, Long.MAX_VALUE);
    after(SECOND.multipliedBy(10));
    lines.accept(rows(1000, 2000));
    bar.accept(rows(1000, 2000));
    target.clear();

    assertThat(err.toString()).isEmpty();
  }
}
