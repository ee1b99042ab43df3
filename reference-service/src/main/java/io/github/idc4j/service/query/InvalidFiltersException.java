package io.github.idc4j.service.query;

/** Filters that the contract does not allow; the message names all offenders. */
public final class InvalidFiltersException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidFiltersException(String message) {
    super(message);
  }
}
