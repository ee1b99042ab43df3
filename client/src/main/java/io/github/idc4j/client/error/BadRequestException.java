package io.github.idc4j.client.error;

/**
 * Status 400: the request is not one that the service takes; {@link #serviceMessage()} says why.
 */
public final class BadRequestException extends ServiceException {

  private static final long serialVersionUID = 1L;

  BadRequestException(String operation, int code, String serviceMessage, String url) {
    super(operation, 400, code, serviceMessage, url);
  }
}
