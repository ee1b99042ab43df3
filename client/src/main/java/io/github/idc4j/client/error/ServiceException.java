package io.github.idc4j.client.error;

/** The service refused a request, or failed. */
public class ServiceException extends IdcException {

  private static final long serialVersionUID = 1L;

  private final String operation;
  private final int status;
  private final String serviceMessage;

  /**
   * Makes the exception.
   *
   * @param operation identifier of the operation, such as {@code previewManifest}
   * @param status HTTP status
   * @param serviceMessage what the service said; empty if it said nothing that can be understood
   */
  public ServiceException(String operation, int status, String serviceMessage) {
    super(
        operation
            + ": the service answered "
            + status
            + (serviceMessage.isEmpty() ? "" : ": " + serviceMessage));
    this.operation = operation;
    this.status = status;
    this.serviceMessage = serviceMessage;
  }

  /** Returns the identifier of the operation. */
  public String operation() {
    return operation;
  }

  /** Returns the HTTP status; 200 for a cohort that the service says it did not save. */
  public int status() {
    return status;
  }

  /** Returns what the service said; empty if it said nothing that can be understood. */
  public String serviceMessage() {
    return serviceMessage;
  }
}
