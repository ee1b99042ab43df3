package io.github.idc4j.client.auth;

import io.github.idc4j.client.error.CredentialsException;
import io.github.idc4j.client.internal.net.BaseUrl;
import io.github.idc4j.client.internal.net.Secrets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.EventListener;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Requests new ID tokens from a token endpoint. Each request contains a refresh token. */
final class TokenEndpoint {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final long MAX_BYTES = 1 << 20;

  private final Supplier<OkHttpClient> base;

  /**
   * Creates the endpoint. Sends no request.
   *
   * @param base provides the OkHttp client whose proxy, certificates and DNS are used
   */
  TokenEndpoint(Supplier<OkHttpClient> base) {
    this.base = base;
  }

  /**
   * Returns a client without interceptors. An interceptor could log the refresh token, or add
   * secrets that are meant for another host.
   */
  private OkHttpClient http() {
    OkHttpClient.Builder builder =
        base.get()
            .newBuilder()
            .callTimeout(TIMEOUT)
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .authenticator(Authenticator.NONE)
            .cookieJar(CookieJar.NO_COOKIES)
            .cache(null)
            .eventListener(EventListener.NONE);
    builder.interceptors().clear();
    builder.networkInterceptors().clear();
    return builder.build();
  }

  /**
   * Posts a form once. Returns the members of the response; the map is empty if the response is not
   * a JSON object.
   *
   * @throws CredentialsException if the URL is not an https URL, if there is no response, or if its
   *     status code is not 200
   */
  Map<String, @Nullable Object> post(
      CredentialsFile file, String tokenUri, Map<String, String> form) {
    HttpUrl url = HttpUrl.parse(tokenUri);
    if (url == null || !BaseUrl.isSecure(url)) {
      throw file.unusable("has a token_uri that is not an https URL");
    }
    FormBody.Builder body = new FormBody.Builder();
    form.forEach(body::add);
    Request request = new Request.Builder().url(url).post(body.build()).build();
    try (Response response = http().newCall(request).execute()) {
      Map<String, @Nullable Object> members =
          JsonObjects.parse(text(response.body().source())).orElse(Map.of());
      if (response.code() == 200) {
        return members;
      }
      throw file.unusable(
          "could not be renewed: "
              + url.host()
              + " responded with "
              + response.code()
              + (members.get("error") instanceof String error && error.matches("[a-z_]{1,50}")
                  ? " " + error
                  : ""));
    } catch (IOException e) {
      List<@Nullable String> secrets = new ArrayList<>(form.values());
      IOException masked = Secrets.of(secrets).mask(e);
      throw file.problem(
          "could not be renewed: no response from " + url.host() + ": " + masked.getMessage() + ".",
          masked);
    }
  }

  private static String text(BufferedSource body) throws IOException {
    if (body.request(MAX_BYTES + 1)) {
      throw new IOException("the response is larger than " + MAX_BYTES + " bytes");
    }
    return body.readUtf8();
  }
}
