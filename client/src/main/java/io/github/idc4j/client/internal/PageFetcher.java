package io.github.idc4j.client.internal;

import io.github.idc4j.client.error.PagingException;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageInfo;
import io.github.idc4j.client.paging.PageSource;
import io.github.idc4j.client.paging.PageToken;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the pages of one walk. While the service answers 202 it waits and asks again with the
 * token of the answer, until there is a page or the time is over.
 */
final class PageFetcher<T, P, A> implements PageSource.Fetcher<T> {

  private final Transport transport;
  private final Family<T, P, A> family;
  private final Runnable onWait;
  private final Deadline walk;
  private volatile @Nullable Exchange underWay;
  private volatile boolean closed;

  PageFetcher(Transport transport, Family<T, P, A> family, Runnable onWait) {
    this.transport = transport;
    this.family = family;
    this.onWait = onWait;
    this.walk = Deadline.in(transport.timing().walk(), transport.timing().clock());
  }

  /** A page, or the token of a 202. */
  private record Answer<T>(
      @Nullable Contents<T> page, @Nullable String accepted, int status, Headers headers) {}

  @Override
  public Page<T> fetch(Optional<PageToken> token, int number) {
    Exchange exchange =
        new Exchange(
            family.operation(), walk.within(transport.timing().total()), transport.timing());
    underWay = exchange;
    if (closed) {
      exchange.stop();
    }
    return transport.run(exchange, () -> fetch(exchange, token, number));
  }

  private Page<T> fetch(Exchange exchange, Optional<PageToken> token, int number) {
    Optional<PageToken> latest = token;
    Backoff backoff = new Backoff();
    for (int waits = 0; ; waits++) {
      Request request = latest.map(family.next()).orElse(family.begin());
      Answer<T> answer = transport.send(exchange, request, latest, this::read);
      Contents<T> page = answer.page();
      if (page != null) {
        return new Page<>(
            page.rows(),
            page.totalFound(),
            page.next(),
            new PageInfo(
                number,
                token,
                answer.status(),
                headers(answer.headers()),
                exchange.deadline.elapsed(),
                exchange.attempts(),
                waits));
      }
      latest = Optional.of(acceptedToken(answer.accepted()));
      onWait.run();
      if (exchange.attempts() >= transport.timing().maxAttempts()
          || !exchange.pause(
              RetryAfter.of(answer.headers(), transport.timing().clock())
                  .map(Backoff::asked)
                  .orElseGet(backoff::next))) {
        throw Transport.timeout(exchange, latest, null);
      }
    }
  }

  private Answer<T> read(Response response) throws IOException {
    if (response.code() == 202) {
      A accepted = Decoder.decode(family.operation(), response, family.acceptedType());
      return new Answer<>(null, family.acceptedToken().apply(accepted), 202, response.headers());
    }
    P page = Decoder.decode(family.operation(), response, family.pageType());
    return new Answer<>(family.page().apply(page), null, response.code(), response.headers());
  }

  private PageToken acceptedToken(@Nullable String token) {
    if (token == null || token.isEmpty()) {
      throw new PagingException(
          family.operation()
              + ": the service answered 202 without a token, so there is nothing to go on with.",
          Optional.empty());
    }
    return new PageToken(token);
  }

  private static Map<String, List<String>> headers(Headers headers) {
    return Map.copyOf(headers.toMultimap());
  }

  @Override
  public void close() {
    closed = true;
    Exchange current = underWay;
    if (current != null) {
      current.stop();
    }
  }
}
