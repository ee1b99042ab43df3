package io.github.idc4j.client.error;

/** Status 401 or 403: there is no ID token, not a valid one, or not one of the owner. */
public final class NotAuthorizedException extends ServiceException {

  private static final long serialVersionUID = 1L;

  NotAuthorizedException(
      String operation, int status, int code, String serviceMessage, String url) {
    super(
        operation,
        status,
        code,
        serviceMessage,
        url,
        "It takes an ID token that is valid, of the user whose cohort it is: see credentials of"
            + " IdcClient.builder().");
  }
}
