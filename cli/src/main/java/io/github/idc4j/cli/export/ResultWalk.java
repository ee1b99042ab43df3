package io.github.idc4j.cli.export;

import io.github.idc4j.client.paging.Checkpoint;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.client.paging.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One pass over the rows of a result, part after part. Fetches a page while the rows of the
 * previous one are written.
 */
final class ResultWalk<T> implements AutoCloseable {

  private final Result<T> result;
  private int part;
  private Walk<T> walk;
  private long left;

  /**
   * Starts a walk. Sends no request.
   *
   * @param limit maximum number of rows
   * @param part the index of the first part
   * @param start where to start in this part; if empty, at its first row
   */
  ResultWalk(Result<T> result, long limit, int part, Optional<Checkpoint> start) {
    this.result = result;
    this.left = limit;
    this.part = part;
    Paged<T> rows = rows();
    this.walk = start.map(rows::resumeFrom).orElse(rows).iterator();
  }

  /** Returns whether there is another row. Fetches the next page if necessary. */
  boolean hasNext() {
    while (left > 0) {
      if (walk.hasNext()) {
        return true;
      }
      if (part == result.parts().size() - 1) {
        return false;
      }
      walk.close();
      part++;
      walk = rows().iterator();
    }
    return false;
  }

  /** Returns the rows of the current part. */
  private Paged<T> rows() {
    return result.parts().get(part).rows().limit(left).prefetch(1);
  }

  /** Returns the values of the next row, in the order of the columns. */
  List<?> next() {
    Map<String, ?> values = result.parts().get(part).values().apply(walk.next());
    left--;
    List<Object> ordered = new ArrayList<>(result.columns().size());
    result.columns().forEach(column -> ordered.add(values.get(column)));
    return ordered;
  }

  /** Skips the next row. */
  void skip() {
    walk.next();
    left--;
  }

  /** Returns the index of the part of the latest row. */
  int part() {
    return part;
  }

  /** Returns the position after the latest row in its part. */
  Checkpoint checkpoint() {
    return walk.checkpoint();
  }

  /** Returns the number of rows of the latest page that this walk has not returned yet. */
  int rowsLeftInPage() {
    return walk.rowsLeftInPage();
  }

  @Override
  public void close() {
    walk.close();
  }
}
