package io.github.idc4j.client.internal;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonEncodingException;
import com.squareup.moshi.JsonReader;
import io.github.idc4j.client.error.DecodingException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.model.ModelAdapters;
import io.github.idc4j.model.Retirement;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Reads bodies, and tells what is wrong with those that can't be read. */
final class Decoder {

  private static final int MAX_ERROR_BYTES = 64 << 10;
  private static final int MAX_FRAGMENT = 80;

  private Decoder() {}

  /**
   * Decodes a body.
   *
   * @throws DecodingException if it is not as the contract says
   * @throws IOException if it is cut short
   */
  static <T> T decode(String operation, Response response, Class<T> type) throws IOException {
    BufferedSource source = response.body().source();
    if (source.exhausted()) {
      throw decoding(operation, "the body is empty", "$", "", null);
    }
    JsonReader reader = ModelAdapters.reader(source);
    try {
      T decoded = Json.moshi().adapter(type).fromJson(reader);
      if (decoded == null) {
        throw decoding(operation, "the body is null", "$", "null", null);
      }
      return decoded;
    } catch (JsonDataException e) {
      throw decoding(operation, reason(e), reader.getPath(), value(reader), e);
    } catch (JsonEncodingException e) {
      throw decoding(operation, "it is not JSON", reader.getPath(), following(source), e);
    }
  }

  private static DecodingException decoding(
      String operation, String reason, String path, String fragment, @Nullable Throwable cause) {
    return new DecodingException(
        operation
            + ": the answer is not as the contract says: "
            + reason
            + " at "
            + path
            + (fragment.isEmpty() ? "" : ", where it has " + fragment),
        path,
        fragment,
        cause);
  }

  private static String reason(JsonDataException e) {
    return String.valueOf(e.getMessage()).replaceAll(",? at path .*", "");
  }

  /** Returns the value that the reader stands at, as well as it can be read. */
  private static String value(JsonReader reader) {
    try (JsonReader ahead = reader.peekJson()) {
      return shortened(String.valueOf(ahead.readJsonValue()));
    } catch (IOException | JsonDataException | IllegalStateException e) {
      return "";
    }
  }

  private static String following(BufferedSource source) {
    try {
      source.request(MAX_FRAGMENT);
      return shortened(source.getBuffer().snapshot().utf8());
    } catch (IOException e) {
      return "";
    }
  }

  private static String shortened(String text) {
    return text.length() <= MAX_FRAGMENT ? text : text.substring(0, MAX_FRAGMENT) + "...";
  }

  /** Reads the answer of an error; one that is not JSON still has its status. */
  static ServiceException error(String operation, Request request, Response response) {
    String shown = shown(request.url());
    if (response.isRedirect()) {
      return ServiceException.of(operation, response.code(), 0, redirected(response), "", shown);
    }
    try {
      String body = response.peekBody(MAX_ERROR_BYTES).string();
      // An error of any status, with one member more for 410.
      Retirement error = Json.moshi().adapter(Retirement.class).fromJson(body);
      if (error != null && error.message() != null) {
        return ServiceException.of(
            operation,
            response.code(),
            error.code() == null ? 0 : error.code(),
            Authorization.redacted(response.request(), error.message()),
            error.documentation() == null ? "" : error.documentation(),
            shown);
      }
    } catch (IOException | JsonDataException e) {
      // The framework's own errors are HTML; the status says enough.
    }
    return ServiceException.of(operation, response.code(), 0, response.message(), "", shown);
  }

  /** Redirects are not followed: an ID token would go where its user did not send it. */
  private static String redirected(Response response) {
    HttpUrl target = response.request().url().resolve(response.header("Location", ""));
    return "it redirects to "
        + (target == null ? "no address" : target.newBuilder("/").build())
        + ", which is not followed; if you trust that address, give it to baseUrl";
  }

  /** Returns an address without the token of a page, which is of use to its user. */
  private static String shown(HttpUrl url) {
    return url.queryParameter("next_page") == null
        ? url.toString()
        : url.newBuilder().setQueryParameter("next_page", "***").build().toString();
  }
}
