package io.github.idc4j.client.internal;

import com.squareup.moshi.JsonDataException;
import io.github.idc4j.client.error.DecodingException;
import io.github.idc4j.client.error.RetiredException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.error.TransportException;
import io.github.idc4j.model.ApiError;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sends requests and judges each answer by its status before its body is decoded: 200 and 202 are
 * handed over, all others become exceptions.
 */
public final class Transport implements AutoCloseable {

  private static final int MAX_ERROR_BYTES = 64 << 10;

  private final OkHttpClient http;
  private final HttpUrl baseUrl;
  private final Optional<Supplier<String>> idToken;

  /**
   * Makes a transport.
   *
   * @param idToken what gives the ID token; asked anew for each request
   */
  public Transport(OkHttpClient http, HttpUrl baseUrl, Optional<Supplier<String>> idToken) {
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

  /**
   * Sends a request.
   *
   * @return an answer of status 200 or 202, to be closed
   * @throws ServiceException for any other status
   * @throws TransportException without an answer
   */
  public Response send(String operation, Request request) {
    Response response;
    try {
      response = http.newCall(withToken(request)).execute();
    } catch (IOException e) {
      throw new TransportException(
          operation + ": no answer from " + baseUrl.host() + ": " + e.getMessage(), e);
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
    boolean own =
        request.url().scheme().equals(baseUrl.scheme())
            && request.url().host().equals(baseUrl.host())
            && request.url().port() == baseUrl.port();
    return own && idToken.isPresent()
        ? request.newBuilder().header("Authorization", "Bearer " + idToken.get().get()).build()
        : request;
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
      T decoded = Json.moshi().adapter(type).fromJson(response.body().source());
      if (decoded == null) {
        throw new JsonDataException("the body is null");
      }
      return decoded;
    } catch (JsonDataException e) {
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
