package io.github.idc4j.cli;

import io.github.idc4j.client.paging.Progress;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Prints the progress of a walk: a bar on a terminal, else one line every ten seconds. */
final class ProgressNotes implements Consumer<Progress> {

  private static final long SECOND = 1_000_000_000L;
  private static final int BAR_WIDTH = 20;
  private static final String WAITING = "waiting for the first page";

  private final Notes notes;
  private final boolean bar;
  private final long limit;
  private final LongSupplier nanoTime;
  private final long start;
  private final long interval;
  private long next;
  private OptionalLong rowsBefore = OptionalLong.empty();

  /**
   * Creates an instance. The time starts now.
   *
   * @param bar whether to show a bar, which only a terminal can
   * @param limit maximum number of rows of the walk
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  ProgressNotes(Notes notes, boolean bar, long limit, LongSupplier nanoTime) {
    this.notes = notes;
    this.bar = bar;
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.interval = bar ? SECOND / 10 : 10 * SECOND;
    this.next = start + interval;
  }

  /** Shows that the command is waiting: the first page can take long. */
  void begin() {
    if (bar) {
      notes.showStatus(WAITING);
    }
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
    next = now + interval;
    String text = describe(progress, (now - start) / (double) SECOND);
    if (bar) {
      notes.showStatus(bar(progress) + text);
    } else {
      notes.print(text);
    }
  }

  private String describe(Progress progress, double seconds) {
    String polls =
        switch (progress.polls()) {
          case 0 -> "";
          case 1 -> ", 1 poll";
          default -> ", %,d polls".formatted(progress.polls());
        };
    if (progress.pages() == 0) {
      return WAITING + polls;
    }
    OptionalLong total = total(progress);
    double rate = (progress.rows() - rowsBefore.getAsLong()) / seconds;
    return "%,d%s rows, %,d rows/s%s, page %,d%s"
        .formatted(
            progress.rows(),
            total.isPresent() ? " of %,d".formatted(total.getAsLong()) : "",
            (long) rate,
            total.isPresent() && rate > 0
                ? ", %s left".formatted(time((total.getAsLong() - progress.rows()) / rate))
                : "",
            progress.pages(),
            polls);
  }

  private OptionalLong total(Progress progress) {
    return progress.totalFound().isPresent()
        ? OptionalLong.of(Math.min(progress.totalFound().getAsLong(), limit))
        : OptionalLong.empty();
  }

  /** Returns a time as hours, minutes and seconds, such as 1:02:03 or 0:05. */
  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? "%d:%02d".formatted(whole / 60, whole % 60)
        : "%d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60);
  }

  /** Returns the bar; empty if the number of rows is unknown. */
  private String bar(Progress progress) {
    OptionalLong total = total(progress);
    if (total.isEmpty() || total.getAsLong() == 0) {
      return "";
    }
    double share = Math.min(1, progress.rows() / (double) total.getAsLong());
    int done = (int) (share * BAR_WIDTH);
    return "[%s%s] %d%% "
        .formatted("#".repeat(done), " ".repeat(BAR_WIDTH - done), (int) (100 * share));
  }
}
