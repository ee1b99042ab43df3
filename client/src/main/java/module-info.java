/**
 * A Java client for version 1 of the IDC REST API. Start with {@code
 * io.github.idc4j.client.IdcClient}.
 */
@org.jspecify.annotations.NullMarked
module io.github.idc4j.client {
  requires transitive com.squareup.moshi;
  requires java.logging;
  requires kotlin.stdlib;
  requires transitive okhttp3;
  requires transitive okio;
  requires transitive retrofit2;
  requires retrofit2.converter.moshi;
  requires static transitive org.jspecify;

  exports io.github.idc4j.api;
  exports io.github.idc4j.client;
  exports io.github.idc4j.client.auth;
  exports io.github.idc4j.client.error;
  exports io.github.idc4j.client.filter;
  exports io.github.idc4j.client.http;
  exports io.github.idc4j.client.paging;
  exports io.github.idc4j.model;
}
