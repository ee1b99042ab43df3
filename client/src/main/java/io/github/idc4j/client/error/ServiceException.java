package io.github.idc4j.client.error;

/** The service refused a request, or failed; the subclasses say which. */
public class ServiceException extends IdcException {

  private static final long serialVersionUID = 1L;

  private final String operation;
  private final int status;
  private final int code;
  private final String serviceMessage;
  private final String url;

  ServiceException(String operation, int status, int code, String serviceMessage, String url) {
    this(operation, status, code, serviceMessage, url, "");
  }

  /** Makes the exception with what its user can do, as a sentence; empty if nothing is known. */
  ServiceException(
      String operation, int status, int code, String serviceMessage, String url, String advice) {
    super(
        operation
            + ": the service answered "
            + status
            + (serviceMessage.isEmpty() ? "" : ": " + serviceMessage)
            + " ("
            + url
            + ")"
            + (advice.isEmpty() ? "" : ". " + advice));
    this.operation = operation;
    this.status = status;
    this.code = code;
    this.serviceMessage = serviceMessage;
    this.url = url;
  }

  /**
   * Returns the exception of a status.
   *
   * @param operation identifier of the operation, such as {@code previewManifest}
   * @param status HTTP status
   * @param code the body's code; 0 if it has none, as with a body that is not JSON
   * @param serviceMessage what the service said; empty if it said nothing that can be understood
   * @param documentation where a retired service sends its callers; may be empty
   * @param url address of the request, without secrets
   */
  public static ServiceException of(
      String operation,
      int status,
      int code,
      String serviceMessage,
      String documentation,
      String url) {
    return switch (status) {
      case 400 -> new BadRequestException(operation, code, serviceMessage, url);
      case 401, 403 -> new NotAuthorizedException(operation, status, code, serviceMessage, url);
      case 404, 405 -> new NotFoundException(operation, status, code, serviceMessage, url);
      case 410 -> new RetiredException(operation, serviceMessage, documentation, url);
      default ->
          status >= 500
              ? new ServerFaultException(operation, status, code, serviceMessage, url)
              : new ServiceException(operation, status, code, serviceMessage, url);
    };
  }

  /** Returns the identifier of the operation. */
  public String operation() {
    return operation;
  }

  /** Returns the HTTP status; 200 for a cohort that the service says it did not save. */
  public int status() {
    return status;
  }

  /**
   * Returns the code in the body, which is the status but for a few faults of the service; 0 if the
   * body has none, as with the HTML of the service's framework.
   */
  public int code() {
    return code;
  }

  /** Returns what the service said; empty if it said nothing that can be understood. */
  public String serviceMessage() {
    return serviceMessage;
  }

  /** Returns the address of the request; a page token in it is masked. */
  public String url() {
    return url;
  }
}
