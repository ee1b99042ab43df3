package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.internal.http.CallSettings;
import io.github.idc4j.client.internal.http.Decoder;
import io.github.idc4j.client.internal.http.Execution;
import io.github.idc4j.client.internal.http.Transport;
import io.github.idc4j.client.internal.net.Secrets;
import io.github.idc4j.client.internal.paging.PagedEndpoint.SqlMember;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Requests the SQL of a query over HTTP. */
final class HttpSql<T, P, A, F> {

  private final Transport transport;
  private final PagedEndpoint<T, P, A> endpoint;
  private final SqlMember<F> sql;

  HttpSql(Transport transport, PagedEndpoint<T, P, A> endpoint, SqlMember<F> sql) {
    this.transport = transport;
    this.endpoint = endpoint;
    this.sql = sql;
  }

  /** Returns the SQL; empty if the service does not return it. */
  Optional<String> fetch(CallSettings settings) {
    HttpPageFetcher<T, P, A> pages =
        new HttpPageFetcher<>(transport, endpoint, new PageSource.Options(1, settings), () -> {});
    Execution execution = pages.execution();
    return Transport.surfacing(() -> transport.run(execution, () -> fetch(execution, pages)));
  }

  private Optional<String> fetch(Execution execution, HttpPageFetcher<T, P, A> pages) {
    @Nullable String found = send(execution, null);
    while (found == null) {
      // Waits until the query has finished. Responses while it is pending do not contain the SQL.
      pages.fetch(execution, Optional.empty(), 1);
      found = send(execution, "pending");
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  /** Returns the SQL, which may be empty; null if the query is pending. */
  private @Nullable String send(Execution execution, @Nullable String reason) {
    return transport.<@Nullable String>send(
        execution, endpoint.sqlRequest(), null, reason, this::read);
  }

  private @Nullable String read(Response response, Secrets secrets) throws IOException {
    if (response.code() == 202) {
      return null;
    }
    F page = Decoder.decode(endpoint.operation(), response, secrets, sql.type());
    String found = sql.member().apply(page);
    return found == null ? "" : found;
  }
}
