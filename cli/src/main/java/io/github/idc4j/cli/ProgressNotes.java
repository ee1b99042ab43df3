package io.github.idc4j.cli;

import io.github.idc4j.client.paging.Progress;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Prints the progress of a walk as one line every ten seconds. */
final class ProgressNotes implements Consumer<Progress> {

  private static final long SECOND = 1_000_000_000L;
  private static final long INTERVAL = 10 * SECOND;

  private final Notes notes;
  private final LongSupplier nanoTime;
  private final long start;
  private long next;
  private OptionalLong rowsBefore = OptionalLong.empty();

  /**
   * Creates an instance. The time starts now.
   *
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  ProgressNotes(Notes notes, LongSupplier nanoTime) {
    this.notes = notes;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.next = start + INTERVAL;
  }

  @Override
  public void accept(Progress progress) {
    if (rowsBefore.isEmpty()) {
      // A resumed walk counts the rows before its checkpoint.
      rowsBefore = OptionalLong.of(progress.pages() > 1 ? progress.rows() : 0);
    }
    long now = nanoTime.getAsLong();
    if (now - next < 0) {
      return;
    }
    next = now + INTERVAL;
    long perSecond =
        (long) ((progress.rows() - rowsBefore.getAsLong()) / ((now - start) / (double) SECOND));
    notes.print(
        "%,d%s rows, %,d pages, %,d rows/s%s"
            .formatted(
                progress.rows(),
                progress.totalFound().isPresent()
                    ? " of %,d".formatted(progress.totalFound().getAsLong())
                    : "",
                progress.pages(),
                perSecond,
                progress.polls() > 0 ? ", %,d polls".formatted(progress.polls()) : ""));
  }
}
