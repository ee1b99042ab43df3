package io.github.idc4j.client.error;

import io.github.idc4j.client.paging.PageToken;
import java.util.Optional;

/** The pages of a walk do not lead to an end, or a 202 has no token to go on with. */
public final class PagingException extends IdcException {

  private static final long serialVersionUID = 1L;

  private final transient Optional<PageToken> token;

  /** Makes the exception. */
  public PagingException(String message, Optional<PageToken> token) {
    super(message);
    this.token = token;
  }

  /** Returns the token that came again; empty for a 202 without one. */
  public Optional<PageToken> token() {
    return token;
  }
}
