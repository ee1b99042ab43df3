package io.github.idc4j.conformance.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.idc4j.conformance.mutant.ProxiedResponse;
import io.github.idc4j.conformance.mutant.Proxy;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.run.ConformanceRun;
import io.github.idc4j.conformance.run.ConformanceRunBuilder;
import io.github.idc4j.conformance.run.Services;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The checks as tests in the build of a service. */
class ConformanceTestsTest {

  @TempDir Path home;

  private final Map<String, TestExecutionResult> results = new HashMap<>();

  /** The class in the build of a service; not a test of this build. */
  static final class OwnTests extends ConformanceTests {
    private static URI baseUrl;

    @Override
    protected ConformanceRunBuilder settings() {
      return ConformanceRun.builder()
          .baseUrl(baseUrl)
          .select(Set.of(), Set.of("routes"), EnumSet.allOf(Level.class));
    }
  }

  private void check(UnaryOperator<ProxiedResponse> change) throws IOException {
    try (ReferenceService service = Services.reference(home).start();
        Proxy proxy =
            new Proxy(
                service.baseUrl(), (request, reference) -> change.apply(reference.send(request)))) {
      OwnTests.baseUrl = proxy.baseUrl();
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selectClass(OwnTests.class))
                  .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                  .configurationParameter(
                      "junit.jupiter.execution.parallel.mode.default", "concurrent")
                  .build(),
              new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                  results.put(test.getDisplayName(), result);
                }
              });
    }
  }

  @Test
  void aViolationOfAShouldRuleFailsNoBuild() throws IOException {
    check(response -> response.withHeader("X-Frame-Options", ""));

    assertThat(results.values())
        .extracting(TestExecutionResult::getStatus)
        .doesNotContain(TestExecutionResult.Status.FAILED)
        .contains(TestExecutionResult.Status.SUCCESSFUL);
    TestExecutionResult headers = results.get("Responses have the security headers");
    assertThat(headers.getStatus()).isEqualTo(TestExecutionResult.Status.ABORTED);
    assertThat(headers.getThrowable().orElseThrow())
        .hasMessageContaining("rule: routes.security-headers (SHOULD): ");
  }

  @Test
  void aFailureShowsItsRuleAndHowToReproduceIt() throws IOException {
    check(
        response ->
            response.withBody(response.text().replaceFirst("\"code\": *200", "\"code\": 7")));

    TestExecutionResult about =
        results.get("GET /about/ returns the response of /about, without a redirect");
    assertThat(about.getStatus()).isEqualTo(TestExecutionResult.Status.FAILED);
    assertThat(about.getThrowable().orElseThrow())
        .hasMessageContaining("code is 7 but the status is 200")
        .hasMessageContaining("\nrule: spec.code (MUST): The code in a response body equals")
        .hasMessageContaining("\ncurl -si 'http://127.0.0.1:");
  }

  @Test
  void aResponseCannotWriteCommandsIntoTheLogOfACiServer() throws IOException {
    check(
        response -> response.withStatus(400).withBody("no\n::error::gone\n[[ATTACHMENT|/etc/x]]"));

    assertThat(results.values())
        .flatExtracting(result -> result.getThrowable().stream().toList())
        .extracting(Throwable::getMessage)
        .anySatisfy(message -> assertThat(message).contains("error::gone"))
        .allSatisfy(
            message -> assertThat(message).doesNotContain("\n::").doesNotContain("[[ATTACHMENT"));
  }

  @Test
  void aWrongEnvironmentVariableIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ConformanceRun.fromEnvironment(
                    Map.of("IDC4J_BASE_URL", "http://me:secret@127.0.0.1/v1")))
        .withMessageStartingWith("IDC4J_BASE_URL must not have a user or password");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConformanceRun.fromEnvironment(Map.of()))
        .withMessageStartingWith("There is no service to check. Set IDC4J_BASE_URL");
  }
}
