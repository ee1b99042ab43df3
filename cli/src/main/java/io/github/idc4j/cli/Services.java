package io.github.idc4j.cli;

import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.net.BindException;

/** Starts reference services, and tells a port in use as the user's to mend. */
final class Services {

  private Services() {}

  static ReferenceService start(ReferenceService.Builder builder) throws UserException {
    try {
      return builder.start();
    } catch (BindException e) {
      throw new UserException(
          Main.WRONG_USAGE, "the port is in use; choose another with --port, or 0 for a free one.");
    } catch (IOException e) {
      throw new UserException(
          Main.OWN_FAULT, "the reference service can't start: " + e.getMessage());
    }
  }
}
