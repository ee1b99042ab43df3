package io.github.idc4j.conformance.junit;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.idc4j.conformance.internal.text.SafeText;
import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.run.ConformanceRun;
import io.github.idc4j.conformance.run.ConformanceRunBuilder;
import io.github.idc4j.conformance.run.ConformanceSession;
import io.github.idc4j.conformance.run.ConformanceSession.SelectedCheck;
import io.github.idc4j.conformance.run.Outcome;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Runs each check as a JUnit test. Works with JUnit 5.10 and newer, and with JUnit 6.
 *
 * <p>Used directly, the class checks the service that environment variables specify; see {@link
 * ConformanceRun#fromEnvironment}. To check a service that a test starts, extend the class:
 *
 * <pre>{@code
 * class MyServiceConformanceTest extends ConformanceTests {
 *   @Override
 *   protected ConformanceRunBuilder settings() {
 *     return ConformanceRun.builder().baseUrl(myService.url());
 *   }
 * }
 * }</pre>
 *
 * <p>If a service violates a SHOULD or MAY rule, the test is aborted and does not fail. The checks
 * always run one after another, even if the other tests of the build run in parallel.
 */
@Execution(ExecutionMode.SAME_THREAD)
public class ConformanceTests {

  /** Creates the tests. */
  protected ConformanceTests() {}

  /**
   * Returns the settings of the run. By default, reads them from environment variables. Sends no
   * request.
   */
  protected ConformanceRunBuilder settings() {
    return ConformanceRun.fromEnvironment(System.getenv());
  }

  /** Returns the checks as JUnit tests, grouped by area. */
  @TestFactory
  public Stream<DynamicContainer> checks() {
    ConformanceSession session = settings().build().open();
    Map<String, List<SelectedCheck>> areas =
        session.checks().stream()
            .collect(
                Collectors.groupingBy(
                    SelectedCheck::area, LinkedHashMap::new, Collectors.toList()));
    return areas.entrySet().stream()
        .map(
            area ->
                dynamicContainer(
                    area.getKey(), area.getValue().stream().map(ConformanceTests::test)))
        .onClose(session::close);
  }

  private static DynamicTest test(SelectedCheck check) {
    return dynamicTest(
        check.title(),
        URI.create("idc4j:" + check.id().replaceAll("[^\\w./-]+", "-")),
        () -> verify(check.run().get()));
  }

  private static void verify(Outcome outcome) {
    switch (outcome.status()) {
      case PASS -> {}
      case SKIP, NOT_OFFERED, KNOWN -> Assumptions.abort(SafeText.junit(outcome.message()));
      case WARN -> Assumptions.abort(text(outcome));
      case FAIL, AWAY, SLOW, ERROR -> throw new AssertionError(text(outcome));
    }
  }

  private static String text(Outcome outcome) {
    StringBuilder text = new StringBuilder(outcome.message());
    outcome.rules().stream().findFirst().ifPresent(rule -> text.append(details(rule)));
    outcome.curl().ifPresent(curl -> text.append('\n').append(curl));
    return SafeText.junit(text.toString());
  }

  private static String details(Rule rule) {
    return "\nrule: "
        + rule.id()
        + " ("
        + rule.level()
        + "): "
        + rule.text()
        + (rule.look().isEmpty() ? "" : "\npossible causes: " + rule.look());
  }
}
