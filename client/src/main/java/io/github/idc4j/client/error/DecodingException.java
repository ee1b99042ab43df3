package io.github.idc4j.client.error;

/** An answer is not what the contract says. */
public final class DecodingException extends IdcException {

  private static final long serialVersionUID = 1L;

  /** Makes the exception of an answer that lacks something. */
  public DecodingException(String message) {
    super(message);
  }

  /** Makes the exception of an answer that can't be read. */
  public DecodingException(String message, Throwable cause) {
    super(message, cause);
  }
}
