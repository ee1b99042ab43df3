package io.github.idc4j.service.query;

import java.util.UUID;

/**
 * The position in a walk at which a page begins.
 *
 * @param family the family of operations that the walk belongs to
 * @param user the user who began the walk; for dicomMetadata, the same value for all users
 * @param walk the ID of the walk
 * @param row the number of the first row of the page; the first row of the walk has the number 0
 */
public record Position(Family family, String user, UUID walk, long row) {

  /** Returns the position of another row in the same walk. */
  public Position at(long otherRow) {
    return new Position(family, user, walk, otherRow);
  }
}
