package io.github.idc4j.client.error;

/** Status 500 or above: the service failed. */
public final class ServerFaultException extends ServiceException {

  private static final long serialVersionUID = 1L;

  ServerFaultException(String operation, int status, int code, String serviceMessage, String url) {
    super(operation, status, code, serviceMessage, url);
  }
}
