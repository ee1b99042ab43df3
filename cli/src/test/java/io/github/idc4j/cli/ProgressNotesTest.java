package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.client.paging.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressNotesTest {

  private final StringWriter err = new StringWriter();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  private ProgressNotes notes(boolean quiet) {
    return new ProgressNotes(new Notes(new PrintWriter(err), quiet), nanos::get);
  }

  private void after(int seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void printsOneLineEveryTenSeconds() {
    ProgressNotes notes = notes(false);
    after(1);
    notes.accept(new Progress(0, OptionalLong.empty(), 0, 1, false));
    after(8);
    notes.accept(new Progress(1000, OptionalLong.of(80_000), 1, 2, false));
    assertThat(err.toString()).isEmpty();
    after(1);
    notes.accept(new Progress(20_000, OptionalLong.of(80_000), 20, 2, false));
    after(5);
    notes.accept(new Progress(40_000, OptionalLong.of(80_000), 40, 2, false));
    after(5);
    notes.accept(new Progress(60_000, OptionalLong.of(80_000), 60, 2, false));

    assertThat(err.toString().lines())
        .containsExactly(
            "20,000 of 80,000 rows, 20 pages, 2,000 rows/s, 2 polls",
            "60,000 of 80,000 rows, 60 pages, 3,000 rows/s, 2 polls");
  }

  @Test
  void rateOmitsTheRowsBeforeTheCheckpoint() {
    ProgressNotes notes = notes(false);
    notes.accept(new Progress(500_000, OptionalLong.empty(), 500, 0, false));
    after(10);
    notes.accept(new Progress(501_000, OptionalLong.empty(), 501, 0, false));

    assertThat(err.toString().lines()).containsExactly("501,000 rows, 501 pages, 100 rows/s");
  }

  @Test
  void quietPrintsNothing() {
    ProgressNotes notes = notes(true);
    after(10);
    notes.accept(new Progress(1000, OptionalLong.empty(), 1, 0, false));

    assertThat(err.toString()).isEmpty();
  }
}
