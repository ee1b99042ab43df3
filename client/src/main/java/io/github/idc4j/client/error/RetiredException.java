package io.github.idc4j.client.error;

/** The service answered 410: version 1 is withdrawn there. */
public final class RetiredException extends ServiceException {

  private static final long serialVersionUID = 1L;

  /** Makes the exception. */
  public RetiredException(String operation, String serviceMessage) {
    super(operation, 410, serviceMessage);
  }
}
