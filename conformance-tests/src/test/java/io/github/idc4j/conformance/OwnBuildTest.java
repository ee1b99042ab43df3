package io.github.idc4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.idc4j.conformance.mutant.Answer;
import io.github.idc4j.conformance.mutant.Proxy;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The checks as tests of a service's own build, without a run. */
class OwnBuildTest {

  @TempDir Path home;

  private final Map<String, TestExecutionResult> results = new HashMap<>();

  private void check(UnaryOperator<Answer> change) throws IOException {
    try (ReferenceService service = Services.reference(home).start();
        Proxy proxy =
            new Proxy(
                service.baseUrl(), (request, reference) -> change.apply(reference.send(request)))) {
      Target before =
          Target.replaceCurrent(
              Target.ofEnvironment(Map.of("IDC4J_BASE_URL", proxy.baseUrl().toString())));
      try {
        LauncherFactory.create()
            .execute(
                LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass("io.github.idc4j.conformance.check.RoutesChecks"))
                    .build(),
                new TestExecutionListener() {
                  @Override
                  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                    results.put(test.getDisplayName(), result);
                  }
                });
      } finally {
        Target.replaceCurrent(before);
      }
    }
  }

  @Test
  void aRuleThatOnlyShouldHoldFailsNoBuild() throws IOException {
    check(answer -> answer.withHeader("X-Frame-Options", ""));

    assertThat(results.values())
        .extracting(TestExecutionResult::getStatus)
        .doesNotContain(TestExecutionResult.Status.FAILED)
        .contains(TestExecutionResult.Status.SUCCESSFUL);
    TestExecutionResult headers = results.get("Answers carry the security headers");
    assertThat(headers.getStatus()).isEqualTo(TestExecutionResult.Status.ABORTED);
    assertThat(headers.getThrowable().orElseThrow())
        .hasMessageContaining("rule: routes.security-headers (SHOULD): ");
  }

  @Test
  void aFailureShowsItsRuleAndHowToSeeItAgain() throws IOException {
    check(answer -> answer.withBody(answer.text().replaceFirst("\"code\": *200", "\"code\": 7")));

    TestExecutionResult about = results.get("GET /about/ answers like /about, without redirect");
    assertThat(about.getStatus()).isEqualTo(TestExecutionResult.Status.FAILED);
    assertThat(about.getThrowable().orElseThrow())
        .hasMessageContaining("code is 7 but the status is 200")
        .hasMessageContaining("\nrule: spec.code (MUST): The code in a body is the HTTP status.")
        .hasMessageContaining("\ncurl -si 'http://127.0.0.1:");
  }

  @Test
  void aBadAddressIsTold() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> Target.ofEnvironment(Map.of("IDC4J_BASE_URL", "http://me:secret@127.0.0.1/v1")))
        .withMessageStartingWith("IDC4J_BASE_URL must not have a user or a password");
    assertThatIllegalStateException()
        .isThrownBy(() -> Target.ofEnvironment(Map.of()))
        .withMessageStartingWith("No service to check: set IDC4J_BASE_URL");
  }
}
