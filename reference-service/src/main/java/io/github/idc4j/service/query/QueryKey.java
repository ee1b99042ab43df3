package io.github.idc4j.service.query;

import io.github.idc4j.service.engine.InstanceQuery;
import io.github.idc4j.service.engine.Query;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Identifies a query without its values, which can use much memory. Equal keys mean equal queries.
 *
 * @param hash the SHA-256 hash of the query
 */
record QueryKey(String hash) {

  static QueryKey of(Query query) {
    String columns = query instanceof InstanceQuery instances ? instances.columns() : "";
    return new QueryKey(
        DigestUtils.sha256Hex(query.getClass().getName() + columns + "\n" + query.shown()));
  }
}
