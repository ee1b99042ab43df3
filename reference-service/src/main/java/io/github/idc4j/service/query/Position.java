package io.github.idc4j.service.query;

/**
 * Where a page begins.
 *
 * @param family the family of the walk
 * @param user user of the walk; the same for all users of dicomMetadata
 * @param walk number of the walk
 * @param row number of the page's first row, from 0
 */
public record Position(Family family, String user, long walk, long row) {

  /** Returns the position of another row of the same walk. */
  public Position at(long otherRow) {
    return new Position(family, user, walk, otherRow);
  }
}
