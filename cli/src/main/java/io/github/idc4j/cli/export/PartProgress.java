package io.github.idc4j.cli.export;

import io.github.idc4j.client.paging.Progress;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reports the progress of walks over several parts as the progress of one walk. */
final class PartProgress {

  private final Consumer<Progress> listener;
  private final long[] totals;
  private final int[] pages;
  private final int[] polls;

  /**
   * Creates an instance.
   *
   * @param totals the number of rows of each part
   */
  PartProgress(Consumer<Progress> listener, long... totals) {
    this.listener = listener;
    this.totals = totals.clone();
    this.pages = new int[totals.length];
    this.polls = new int[totals.length];
    // A part before the first one that is walked has at least one page.
    Arrays.fill(pages, 1);
  }

  /** Accepts the progress of the walk over a part. */
  void accept(int part, Progress progress) {
    pages[part] = progress.pages();
    polls[part] = progress.polls();
    listener.accept(
        new Progress(
            Arrays.stream(totals).limit(part).sum() + progress.rows(),
            OptionalLong.of(Arrays.stream(totals).sum()),
            Arrays.stream(pages).limit(part + 1L).sum(),
            Arrays.stream(polls).limit(part + 1L).sum(),
            progress.totalChanged()));
  }
}
