package io.github.idc4j.service.bucket;

import java.io.IOException;
import java.util.List;

/** Lists objects in buckets. Safe for use by several threads. */
public interface ObjectLister extends AutoCloseable {

  /**
   * Returns the names of all objects whose keys begin with a prefix. The names do not include the
   * prefix. They can have any order.
   *
   * @param prefix the prefix, such as {@code d1c26ff5-7f57-577e-987a-1a80771830c9/}
   * @throws IOException if the bucket cannot be listed; the message is the reason, in English
   *     without a period at the end
   */
  List<String> list(String bucket, String prefix) throws IOException;

  /** Frees the connections. */
  @Override
  void close();
}
