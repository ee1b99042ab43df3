package io.github.idc4j.client.internal;

import io.github.idc4j.client.error.PagingException;
import io.github.idc4j.client.error.QueryTimeoutException;
import io.github.idc4j.client.error.TransportException;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.client.paging.PageSource;
import io.github.idc4j.client.paging.PageToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Gets the pages of a family. While the service answers 202 it waits and asks again with the token
 * of the answer, until there is a page or the time is over.
 */
public final class Poller<T, P, A> implements PageSource<T> {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Transport transport;
  private final Family<T, P, A> family;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Duration totalTimeout;

  /** Makes a poller; {@code totalTimeout} is the time for one page, waits included. */
  public Poller(
      Transport transport,
      Family<T, P, A> family,
      Clock clock,
      Sleeper sleeper,
      Duration totalTimeout) {
    this.transport = transport;
    this.family = family;
    this.clock = clock;
    this.sleeper = sleeper;
    this.totalTimeout = totalTimeout;
  }

  @Override
  public Page<T> first() {
    return fetch(family.begin());
  }

  @Override
  public Page<T> next(PageToken token) {
    return fetch(family.next().apply(token));
  }

  private Page<T> fetch(Request begin) {
    Instant begun = clock.instant();
    Duration pause = FIRST_PAUSE;
    Request request = begin;
    for (int attempt = 1; ; attempt++) {
      Response response = transport.send(family.operation(), request);
      if (response.code() == 200) {
        return family
            .page()
            .apply(transport.decode(family.operation(), response, family.pageType()));
      }
      Duration wait =
          RetryAfter.of(response, clock).map(Poller::atLeastFirstPause).orElseGet(jittered(pause));
      PageToken token = token(response);
      Duration elapsed = Duration.between(begun, clock.instant());
      if (elapsed.plus(wait).compareTo(totalTimeout) > 0) {
        throw new QueryTimeoutException(family.operation(), elapsed, attempt, token);
      }
      sleep(wait);
      pause = longer(pause);
      request = family.next().apply(token);
    }
  }

  private PageToken token(Response response) {
    String token =
        family
            .acceptedToken()
            .apply(transport.decode(family.operation(), response, family.acceptedType()));
    if (token == null || token.isEmpty()) {
      throw new PagingException(
          family.operation()
              + ": the service answered 202 without a token, so there is nothing to go on with.");
    }
    return new PageToken(token);
  }

  /** A service that asks for no pause at all would be asked without end. */
  private static Duration atLeastFirstPause(Duration asked) {
    return asked.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : asked;
  }

  private static Supplier<Duration> jittered(Duration pause) {
    return () ->
        Duration.ofMillis(
            (long) (pause.toMillis() * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private void sleep(Duration wait) {
    try {
      sleeper.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException(
          family.operation() + ": interrupted while waiting for the query", e);
    }
  }
}
