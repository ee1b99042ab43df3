package io.github.idc4j.cli;

import io.github.idc4j.client.IdcClient;
import io.github.idc4j.service.ReferenceService;
import java.net.URI;
import java.util.Optional;

/**
 * A client that is connected to a service. If the command started the service, closing the
 * connection stops it.
 *
 * @param client the client
 * @param baseUrl the base URL of the service
 * @param source identifies the data: the base URL, or the paths and the state of the data
 * @param embedded the service that the command started; empty if the service has a base URL
 */
record Connection(IdcClient client, URI baseUrl, String source, Optional<ReferenceService> embedded)
    implements AutoCloseable {

  @Override
  public void close() {
    client.close();
    embedded.ifPresent(ReferenceService::close);
  }
}
