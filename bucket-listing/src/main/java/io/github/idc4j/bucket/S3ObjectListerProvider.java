package io.github.idc4j.bucket;

import io.github.idc4j.service.bucket.ObjectLister;
import io.github.idc4j.service.bucket.ObjectListerProvider;
import java.net.URI;
import java.util.Optional;

/** Creates listers for the public S3 buckets of IDC, or for buckets on another S3 server. */
public final class S3ObjectListerProvider implements ObjectListerProvider {

  /** Creates a provider, as {@link java.util.ServiceLoader} requires. */
  public S3ObjectListerProvider() {}

  @Override
  public ObjectLister open(Optional<URI> endpoint) {
    return new S3ObjectLister(endpoint);
  }
}
