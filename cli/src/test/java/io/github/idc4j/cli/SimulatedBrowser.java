package io.github.idc4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does what a browser and its user do at the login page of the development issuer. */
final class SimulatedBrowser {

  private SimulatedBrowser() {}

  static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Signs a user in. Returns the URL that the issuer redirects the browser to. */
  static String signIn(String loginPage, String email) throws IOException, InterruptedException {
    HttpResponse<String> page = get(loginPage);
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    String form =
        "email="
            + URLEncoder.encode(email, UTF_8)
            + "&login="
            + group("name=\"login\" value=\"([^\"]+)\"", page.body());
    HttpResponse<String> signedIn =
        send(
            HttpRequest.newBuilder(URI.create(loginPage.replaceFirst("\\?.*", "")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    return signedIn.headers().firstValue("Location").orElseThrow();
  }

  /** Returns the first group of a pattern that a text must contain. */
  static String group(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(1);
  }
}
