package io.github.idc4j.client.internal;

import io.github.idc4j.client.error.DecodingException;
import io.github.idc4j.client.error.IdcException;
import io.github.idc4j.client.error.QueryTimeoutException;
import io.github.idc4j.client.error.RetiredException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.error.TransportException;
import io.github.idc4j.client.paging.PageToken;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests, repeats those that may be repeated, and judges each answer by its status before
 * its body is decoded: 200 and 202 are handed over, all others become exceptions.
 */
public final class Transport implements AutoCloseable {

  /** The POSTs that change nothing. */
  private static final Set<String> READING_POSTS =
      Set.of("previewManifest", "previewQuery", "queryCohort");

  private static final String ABOUT = "getAbout";
  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

  private final OkHttpClient http;
  private final BaseUrl baseUrl;
  private final Authorization authorization;
  private final Timing timing;
  private final Retirement retirement = new Retirement();
  private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Returns the HTTP client: it sends each request once, to where it says. */
  public static OkHttpClient http(Duration connectTimeout) {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .connectTimeout(connectTimeout)
        // The time of an attempt bounds them.
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .addNetworkInterceptor(Transport::withoutRepeat)
        .build();
  }

  /** OkHttp repeats any request, a POST too, that is answered 503 with a wait of 0 s. */
  private static Response withoutRepeat(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    return response.code() == 503 && response.header("Retry-After", "").matches("0+")
        ? response.newBuilder().removeHeader("Retry-After").build()
        : response;
  }

  /** Makes a transport; sends nothing. */
  public Transport(OkHttpClient http, BaseUrl baseUrl, Authorization authorization, Timing timing) {
    this.http = http;
    this.baseUrl = baseUrl;
    this.authorization = authorization;
    this.timing = timing;
  }

  Timing timing() {
    return timing;
  }

  /** Returns what runs work in the background; once closed, the caller's thread finds that out. */
  Executor executor() {
    return task -> {
      try {
        http.dispatcher().executorService().execute(task);
      } catch (RejectedExecutionException e) {
        task.run();
      }
    };
  }

  /** Decodes the body of an answer of status 200. */
  public <T> T get(String operation, Request request, Class<T> type) {
    return get(operation, request, type, timing);
  }

  private <T> T get(String operation, Request request, Class<T> type, Timing timing) {
    Exchange exchange =
        new Exchange(operation, Deadline.in(timing.total(), timing.clock()), timing);
    return run(
        exchange,
        () ->
            send(
                exchange,
                request,
                Optional.empty(),
                response -> {
                  if (response.code() != 200) {
                    throw Decoder.error(operation, request, response);
                  }
                  return Decoder.decode(operation, response, type);
                }));
  }

  /** Decodes the body of an answer of status 200, and returns the part that is of use. */
  public <T, P> P get(
      String operation,
      Request request,
      Class<T> type,
      String name,
      Function<T, @Nullable P> part) {
    return part(operation, name, part.apply(get(operation, request, type)));
  }

  /** Returns a part of an answer, which it must have. */
  public static <P> P part(String operation, String name, @Nullable P part) {
    if (part == null) {
      throw new DecodingException(operation + ": the answer has no " + name, "$", "");
    }
    return part;
  }

  /** Does the work of an exchange, so that {@link #close} can end it. */
  <R> R run(Exchange exchange, Supplier<R> work) {
    underWay.add(exchange);
    try {
      if (closed) {
        exchange.stop();
      }
      return work.get();
    } finally {
      underWay.remove(exchange);
    }
  }

  /**
   * Sends a request until it has an answer of status 200 or 202.
   *
   * @param token the token to go on with, should the time be over
   * @throws ServiceException for any other status
   * @throws TransportException without an answer
   * @throws QueryTimeoutException if the time is over
   */
  <R> R send(
      Exchange exchange, Request request, Optional<PageToken> token, Exchange.Reader<R> reader) {
    boolean repeatable =
        request.method().equals("GET") || READING_POSTS.contains(exchange.operation);
    Backoff backoff = new Backoff();
    boolean renewed = false;
    int failures = 0;
    while (true) {
      Request authorized = authorization.authorized(request);
      Outcome<R> outcome = attempt(exchange, authorized, reader);
      Failure failure = outcome.failure();
      if (failure == null) {
        return outcome.value();
      }
      if (failure.isUnauthorized() && !renewed && authorization.renew(authorized)) {
        renewed = true;
        continue;
      }
      failures++;
      if (exchange.deadline.left().isNegative()) {
        throw timeout(exchange, token, failure.exception());
      }
      if (!repeatable
          || !failure.passing()
          || failures > exchange.timing.maxFailures()
          || exchange.attempts() >= exchange.timing.maxAttempts()) {
        // It may have been made on OkHttp's thread, whose stack tells the caller nothing.
        throw (IdcException) retirement.explain(failure.exception()).fillInStackTrace();
      }
      Duration pause = failure.retryAfter().map(Backoff::asked).orElseGet(backoff::next);
      if (!exchange.pause(pause)) {
        throw timeout(exchange, token, failure.exception());
      }
    }
  }

  private <R> Outcome<R> attempt(Exchange exchange, Request request, Exchange.Reader<R> reader) {
    try {
      return exchange.attempt(
          http, request, response -> judged(exchange, request, response, reader));
    } catch (IOException e) {
      return new Outcome<>(
          null, new Failure(noAnswer(exchange.operation, e), true, Optional.empty()));
    }
  }

  static QueryTimeoutException timeout(
      Exchange exchange, Optional<PageToken> token, @Nullable IdcException last) {
    return new QueryTimeoutException(
        exchange.operation, exchange.deadline.elapsed(), exchange.attempts(), token, last);
  }

  /**
   * Why an attempt failed.
   *
   * @param passing whether another attempt may fare better
   * @param retryAfter when, if the service said it
   */
  record Failure(IdcException exception, boolean passing, Optional<Duration> retryAfter) {

    boolean isUnauthorized() {
      return exception instanceof ServiceException refused && refused.status() == 401;
    }
  }

  /** What an attempt gave; a failure, or else a value. */
  private record Outcome<R>(R value, @Nullable Failure failure) {}

  private <R> Outcome<R> judged(
      Exchange exchange, Request request, Response response, Exchange.Reader<R> reader)
      throws IOException {
    try (response) {
      if (response.code() == 200 || response.code() == 202) {
        return new Outcome<>(reader.read(response), null);
      }
      return new Outcome<>(
          null,
          new Failure(
              Decoder.error(exchange.operation, request, response),
              PASSING.contains(response.code()),
              RetryAfter.of(response.headers(), timing.clock())));
    }
  }

  /**
   * Sends a request once and returns its answer, whatever its status.
   *
   * @throws TransportException without an answer
   */
  public Opened open(String operation, Request request) {
    Exchange exchange =
        new Exchange(operation, Deadline.in(timing.total(), timing.clock()), timing);
    underWay.add(exchange);
    try {
      if (closed) {
        exchange.stop();
      }
      Response response =
          exchange.attempt(http, authorization.authorized(request), answer -> answer);
      return new Opened(
          response,
          () -> {
            response.close();
            underWay.remove(exchange);
          });
    } catch (IOException e) {
      underWay.remove(exchange);
      throw noAnswer(operation, e);
    } catch (RuntimeException e) {
      underWay.remove(exchange);
      throw e;
    }
  }

  /** An answer whose body is still to be read, and what ends it. */
  public record Opened(Response response, Runnable close) {}

  private TransportException noAnswer(String operation, IOException e) {
    return new TransportException(
        operation + ": no whole answer from " + baseUrl.url().host() + ": " + e.getMessage(), e);
  }

  /** Asks a service once whether it is retired, where it answers so plainly that it may be. */
  private final class Retirement {

    private boolean answered;
    private Optional<RetiredException> answer = Optional.empty();

    IdcException explain(IdcException e) {
      if (!(e instanceof ServiceException refused)
          || refused.code() != 0
          || refused.operation().equals(ABOUT)
          || (refused.status() != 404 && refused.status() != 405)) {
        return e;
      }
      return ask().<IdcException>map(retired -> retired.of(refused)).orElse(e);
    }

    private synchronized Optional<RetiredException> ask() {
      if (!answered) {
        try {
          Request about = new Request.Builder().url(baseUrl.url().resolve("about")).build();
          get(ABOUT, about, Object.class, timing.once());
          answered = true;
        } catch (RetiredException e) {
          answered = true;
          answer = Optional.of(e);
        } catch (TransportException | QueryTimeoutException e) {
          // Nothing is known; the next plain answer asks again.
          return Optional.empty();
        } catch (IdcException e) {
          answered = true;
        }
      }
      return answer;
    }
  }

  /** Ends all requests under way, all waits, and the connections. */
  @Override
  public void close() {
    closed = true;
    underWay.forEach(Exchange::stop);
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
