package io.github.idc4j.service.query;

/**
 * Thrown if the contract does not allow the filters. The message lists all unknown names or, if all
 * names are known, describes the first wrong value.
 */
public final class InvalidFiltersException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidFiltersException(String message) {
    super(message);
  }
}
