package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.data.IndexFiles;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the files of the page that explores the data. A test of the site opens the page in a
 * browser.
 */
class ExplorePageTest {

  private static final Pattern LINK = Pattern.compile("(?:src|href|from) ?=? ?\"([^\"]+)\"");

  @TempDir static Path home;

  private static ReferenceServiceBuilder builder() {
    return ReferenceService.builder().dataFolder(home).sampleSize(IndexFiles.SIZE);
  }

  private static HttpResponse<String> get(ReferenceService from, String path) {
    return Http.send("GET", from.baseUrl().resolve(path).toString(), null, null, null);
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void thePageHasTheFilesThatItNeeds() throws IOException {
    try (ReferenceService service = builder().start()) {
      HttpResponse<String> page = get(service, "/");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
      Set<String> links = new HashSet<>(links(page.body()));
      assertThat(links.remove("data:,")).isTrue();
      assertThat(links.remove("/v1/swagger")).isTrue();
      assertThat(links).containsExactlyInAnyOrder("/explore/explore.css", "/explore/explore.js");
      links(get(service, "/explore/explore.js").body())
          .forEach(link -> links.add("/explore/" + link.replace("./", "")));
      assertThat(links).hasSize(5);
      for (String each : links) {
        HttpResponse<String> file = get(service, each);
        assertThat(file.statusCode()).as(each).isEqualTo(200);
        assertThat(header(file, "Content-Type"))
            .isEqualTo(
                each.endsWith("css")
                    ? "text/css; charset=utf-8"
                    : "text/javascript; charset=utf-8");
        assertThat(header(file, "Content-Security-Policy"))
            .isEqualTo(header(page, "Content-Security-Policy"))
            .isEqualTo(
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors"
                    + " 'none'");
      }
    }
  }

  @Test
  void theHeadingNamesTheData() throws IOException, SQLException {
    Path files = IndexFiles.write(home.resolve("index"), home.resolve("sample"), 21);
    try (ReferenceService synthetic = builder().start();
        ReferenceService real = builder().data(files).start()) {
      assertThat(get(synthetic, "/").body())
          .contains("<h1>Explore synthetic data like IDC release ");
      assertThat(get(real, "/").body()).contains("<h1>Explore IDC data release ");
    }
  }

  private static List<String> links(String text) {
    List<String> links = new ArrayList<>();
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      links.add(link.group(1));
    }
    return links;
  }

  @ParameterizedTest
  @ValueSource(strings = {"quirks", "reduced", "retired"})
  void theModesOfTheDeployedServiceHaveNoPage(String mode) throws IOException {
    ReferenceServiceBuilder builder =
        builder()
            .quirks(mode.equals("quirks"))
            .reduced(mode.equals("reduced"))
            .retired(mode.equals("retired"));
    try (ReferenceService service = builder.start()) {
      assertThat(get(service, "/").statusCode()).isEqualTo(404);
      assertThat(get(service, "/explore/explore.js").statusCode()).isEqualTo(404);
      assertThat(get(service, "/explore/counts").statusCode()).isEqualTo(404);
    }
  }
}
