package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.internal.http.Execution;
import io.github.idc4j.client.internal.http.Transport;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageToken;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The pages of a paged operation, which are fetched over HTTP. */
final class HttpPageSource<T, P, A> implements PageSource<T> {

  private final Transport transport;
  private final PagedEndpoint<T, P, A> endpoint;
  private final String fingerprint;

  HttpPageSource(Transport transport, PagedEndpoint<T, P, A> endpoint) {
    this.transport = transport;
    this.endpoint = endpoint;
    this.fingerprint = endpoint.fingerprint();
  }

  @Override
  public PageFetcher<T> start(Options options, Runnable onPending) {
    return new HttpPageFetcher<>(transport, endpoint, options, onPending);
  }

  @Override
  public CompletableFuture<Page<T>> submit(Options options, Optional<PageToken> token) {
    HttpPageFetcher<T, P, A> fetcher =
        new HttpPageFetcher<>(transport, endpoint, options, () -> {});
    Execution execution = fetcher.execution();
    return transport.submit(execution, () -> fetcher.fetch(execution, token, 1));
  }

  @Override
  public Optional<String> sql(Options options) {
    return endpoint
        .sql()
        .flatMap(member -> new HttpSql<>(transport, endpoint, member).fetch(options.settings()));
  }

  @Override
  public String operation() {
    return endpoint.operation();
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public Executor executor() {
    return transport.executor();
  }
}
