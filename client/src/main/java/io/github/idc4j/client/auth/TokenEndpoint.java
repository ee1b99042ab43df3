package io.github.idc4j.client.auth;

import io.github.idc4j.client.error.CredentialsException;
import io.github.idc4j.client.internal.BaseUrl;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The place that gives new ID tokens for a refresh token. */
final class TokenEndpoint {

  private static final OkHttpClient HTTP =
      new OkHttpClient.Builder()
          .callTimeout(Duration.ofSeconds(30))
          .retryOnConnectionFailure(false)
          .followRedirects(false)
          .build();

  private TokenEndpoint() {}

  /**
   * Posts a form, once.
   *
   * @throws CredentialsException if the answer is not a JSON object of status 200
   */
  static Map<String, @Nullable Object> post(
      CredentialsFile file, String address, Map<String, String> form) {
    HttpUrl url = HttpUrl.parse(address);
    if (url == null || !BaseUrl.mayHaveSecrets(url)) {
      throw file.unusable("names a token_uri that is no https address");
    }
    FormBody.Builder body = new FormBody.Builder();
    form.forEach(body::add);
    Request request = new Request.Builder().url(url).post(body.build()).build();
    try (Response response = HTTP.newCall(request).execute()) {
      Map<String, @Nullable Object> answer =
          CredentialsFile.parse(response.body().string()).orElse(Map.of());
      if (response.code() == 200) {
        return answer;
      }
      Object error = answer.get("error");
      throw file.unusable(
          "could not be renewed: "
              + url.host()
              + " answered "
              + response.code()
              + (error instanceof String text && text.matches("[a-z_]{1,50}") ? " " + text : ""));
    } catch (IOException e) {
      throw file.problem(
          "could not be renewed: no answer from " + url.host() + ": " + e.getMessage(), e);
    }
  }
}
