package io.github.idc4j.conformance.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.rule.Rules;
import io.github.idc4j.openapi.IdcOpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table has every refusal that the spec documents. */
class RefusedRequestsTest {

  /** The run detects a retired service before the first check. */
  private static final String GONE = "410";

  private static JsonNode paths() throws IOException {
    try (InputStream spec = IdcOpenApi.specJson().openStream()) {
      return JsonMapper.shared().readTree(spec).path("paths");
    }
  }

  private static boolean isOn(RefusedRequest negative, String path) {
    return negative
        .target()
        .replaceFirst("/?(\\?.*)?$", "")
        .replaceAll("\\{[a-z_]+}", "1")
        .matches(path.replaceAll("\\{[a-z_]+}", "[0-9]+"));
  }

  /** An unknown path belongs to no operation, and a wrong method to all operations of the path. */
  private static boolean isOf(RefusedRequest negative, String path, String method, String status) {
    return switch (status) {
      case "404" -> negative.status() == 404;
      case "405" -> negative.status() == 405 && isOn(negative, path);
      default ->
          status.equals("" + negative.status())
              && negative.method().toLowerCase(Locale.ROOT).equals(method)
              && isOn(negative, path);
    };
  }

  @Test
  void hasEachDocumentedRefusalOfEachOperation() throws IOException {
    Set<String> missing = new TreeSet<>();
    for (var path : paths().properties()) {
      for (var method : path.getValue().properties()) {
        for (String status : method.getValue().path("responses").propertyNames()) {
          if (status.startsWith("4")
              && !status.equals(GONE)
              && RefusedRequests.all().stream()
                  .noneMatch(negative -> isOf(negative, path.getKey(), method.getKey(), status))) {
            missing.add(method.getValue().path("operationId").asString() + " " + status);
          }
        }
      }
    }
    assertThat(missing).as("documented refusals without a request").isEmpty();
  }

  @Test
  void eachRequestHasAStatusAndARuleOfItsLevel() {
    assertThat(RefusedRequests.all())
        .doesNotHaveDuplicates()
        .allSatisfy(
            negative -> {
              assertThat(negative.status() == 0).isEqualTo(negative.deployed() != 0);
              assertThat(negative.rule())
                  .isNotEmpty()
                  .allMatch(
                      rule ->
                          (Rules.of(rule).level() == Level.QUIRK) == (negative.deployed() != 0));
            });
  }
}
