package io.github.idc4j.service.bucket;

import java.net.URI;
import java.util.Optional;

/**
 * Creates {@link ObjectLister}s. The service finds the provider with {@link
 * java.util.ServiceLoader}. The optional module {@code idc4j-bucket-listing} contains a provider.
 */
public interface ObjectListerProvider {

  /**
   * Returns a new lister, which sends no request yet.
   *
   * @param endpoint the base URL of the server that has the buckets; if empty, the lister uses the
   *     public buckets of IDC
   */
  ObjectLister open(Optional<URI> endpoint);
}
