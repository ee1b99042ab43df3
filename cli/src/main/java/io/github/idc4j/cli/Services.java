package io.github.idc4j.cli;

import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.auth.KeyFileException;
import io.github.idc4j.service.bucket.ListingException;
import io.github.idc4j.service.data.DataSetException;
import io.github.idc4j.service.engine.EngineException;
import io.github.idc4j.service.state.StateException;
import java.io.IOException;
import java.net.BindException;

/**
 * Starts reference services. If the start fails, throws an exception whose message helps the user
 * fix the problem.
 */
final class Services {

  private Services() {}

  static ReferenceService start(ReferenceServiceBuilder builder) throws UserException {
    try {
      return builder.start();
    } catch (BindException e) {
      throw new UserException(
          Main.OWN_FAULT,
          e.getMessage()
              + ". Choose another port with --port or --metrics-port, or 0 for a free one. The address"
              + " of --address must be one of this host. Ports below 1024 need special permission on"
              + " most systems.");
    } catch (ListingException e) {
      throw new UserException(Main.OWN_FAULT, e.getMessage());
    } catch (DataSetException e) {
      throw new UserException(Main.OWN_FAULT, "cannot use the data: " + e.getMessage());
    } catch (KeyFileException | StateException | EngineException e) {
      throw new UserException(Main.OWN_FAULT, e.getMessage());
    } catch (IOException e) {
      throw new UserException(
          Main.OWN_FAULT,
          "the reference service can't start: "
              + FileFailures.reason(e)
              + ". Check that the data folder is writable and has free space, or set IDC4J_HOME to"
              + " another folder.");
    }
  }
}
