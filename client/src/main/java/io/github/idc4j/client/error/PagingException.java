package io.github.idc4j.client.error;

/** The pages of a walk do not lead to an end, or a 202 has no token to go on with. */
public final class PagingException extends IdcException {

  private static final long serialVersionUID = 1L;

  /** Makes the exception. */
  public PagingException(String message) {
    super(message);
  }
}
