package io.github.idc4j.client.error;

/** Version 1 is withdrawn at the service: it answers 410, or its {@code /about} does. */
public final class RetiredException extends ServiceException {

  private static final long serialVersionUID = 1L;

  private final String documentation;

  RetiredException(String operation, String serviceMessage, String documentation, String url) {
    super(
        operation,
        410,
        410,
        serviceMessage,
        url,
        (documentation.isEmpty() ? "" : documentation + " ")
            + "Version 1 is withdrawn there; a service that still has it, such as idc4j's own, is"
            + " reached by baseUrl of IdcClient.builder().");
    this.documentation = documentation;
  }

  /** Returns what to throw for another operation of the same service. */
  public RetiredException of(ServiceException refused) {
    return new RetiredException(
        refused.operation(), serviceMessage(), documentation, refused.url());
  }

  /** Returns where the service sends its callers; empty if it does not say it. */
  public String documentation() {
    return documentation;
  }
}
