package io.github.idc4j.client.error;

/** Status 404 or 405: the service has no such operation; its base URL may be wrong. */
public final class NotFoundException extends ServiceException {

  private static final long serialVersionUID = 1L;

  NotFoundException(String operation, int status, int code, String serviceMessage, String url) {
    super(
        operation,
        status,
        code,
        serviceMessage,
        url,
        "Is the base URL that of a version 1, such as https://example.org/v1?");
  }
}
