package io.github.idc4j.client.internal;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonEncodingException;
import io.github.idc4j.client.error.CredentialsException;
import io.github.idc4j.client.error.DecodingException;
import io.github.idc4j.client.error.RetiredException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.error.TransportException;
import io.github.idc4j.model.ApiError;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests and judges each answer by its status before its body is decoded: 200 and 202 are
 * handed over, all others become exceptions.
 */
public final class Transport implements AutoCloseable {

  private static final int MAX_ERROR_BYTES = 64 << 10;

  private final OkHttpClient http;
  private final BaseUrl baseUrl;
  private final Optional<Supplier<String>> idToken;

  /** Returns the HTTP client: it sends each request once, to where it says. */
  public static OkHttpClient http(Duration connectTimeout, Duration readTimeout) {
    return new OkHttpClient.Builder()
        .connectTimeout(connectTimeout)
        .readTimeout(readTimeout)
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

  /**
   * Makes a transport.
   *
   * @param idToken what gives the ID token; asked anew for each request
   */
  public Transport(OkHttpClient http, BaseUrl baseUrl, Optional<Supplier<String>> idToken) {
    this.http = http;
    this.baseUrl = baseUrl;
    this.idToken = idToken;
  }

  /** Decodes the body of an answer of status 200. */
  public <T> T get(String operation, Request request, Class<T> type) {
    try (Response response = send(operation, request)) {
      if (response.code() != 200) {
        throw new ServiceException(operation, response.code(), "a status that it never has");
      }
      return decode(operation, response, type);
    }
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
      throw new DecodingException(operation + ": the answer has no " + name);
    }
    return part;
  }

  /**
   * Sends a request.
   *
   * @return an answer of status 200 or 202, to be closed
   * @throws ServiceException for any other status
   * @throws TransportException without an answer
   * @throws CredentialsException without an ID token that can be sent
   */
  public Response send(String operation, Request request) {
    Response response;
    try {
      response = http.newCall(withToken(request)).execute();
    } catch (IOException e) {
      throw new TransportException(
          operation + ": no answer from " + baseUrl.url().host() + ": " + e.getMessage(), e);
    } catch (Exception e) {
      // OkHttp, being Kotlin, throws InterruptedException without declaring it.
      if (!(e instanceof InterruptedException)) {
        throw e;
      }
      Thread.currentThread().interrupt();
      throw new TransportException(operation + ": interrupted while connecting", e);
    }
    if (response.code() == 200 || response.code() == 202) {
      return response;
    }
    try (response) {
      throw error(operation, response);
    }
  }

  /** Adds the token to a request to the base URL's origin, and to no other. */
  private Request withToken(Request request) {
    return idToken.isPresent() && baseUrl.isOriginOf(request.url())
        ? request.newBuilder().header("Authorization", "Bearer " + token(idToken.get())).build()
        : request;
  }

  private static String token(Supplier<String> idToken) {
    String token = idToken.get();
    if (token == null || !token.matches("[!-~]+")) {
      throw new CredentialsException(
          "The supplier of the ID token gave "
              + (token == null || token.isBlank() ? "none" : "one with a space or line break in it")
              + ", so nothing was sent; see IdcClient.Builder.idToken");
    }
    return token;
  }

  private static ServiceException error(String operation, Response response) {
    String message = "";
    try {
      String body = response.peekBody(MAX_ERROR_BYTES).string();
      ApiError error = Json.moshi().adapter(ApiError.class).fromJson(body);
      if (error != null && error.message() != null) {
        message = error.message();
      }
    } catch (IOException | JsonDataException e) {
      // The framework's own errors are HTML; the status says enough.
      message = response.message();
    }
    return response.code() == 410
        ? new RetiredException(operation, message)
        : new ServiceException(operation, response.code(), message);
  }

  /** Decodes the body of an answer, and closes it. */
  public <T> T decode(String operation, Response response, Class<T> type) {
    try (response) {
      if (response.body().source().exhausted()) {
        throw new JsonDataException("the body is empty");
      }
      T decoded = Json.moshi().adapter(type).fromJson(response.body().source());
      if (decoded == null) {
        throw new JsonDataException("the body is null");
      }
      return decoded;
    } catch (JsonDataException | JsonEncodingException e) {
      throw new DecodingException(
          operation + ": the answer is not as the contract says: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new TransportException(
          operation + ": the answer could not be read to its end: " + e.getMessage(), e);
    }
  }

  /** Ends the connections. */
  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
