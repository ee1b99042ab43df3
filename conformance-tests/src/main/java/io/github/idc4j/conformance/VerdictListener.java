package io.github.idc4j.conformance;

import io.github.idc4j.conformance.check.Area;
import io.github.idc4j.conformance.check.Checks;
import io.github.idc4j.conformance.rule.Rule;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Turns what JUnit tells of a run into verdicts. */
final class VerdictListener implements TestExecutionListener {

  private static final int MAX_MESSAGE = 2000;

  private final Target target;
  private final Consumer<Verdict> verdicts;
  private final Map<String, Instant> begun = new HashMap<>();

  VerdictListener(Target target, Consumer<Verdict> verdicts) {
    this.target = target;
    this.verdicts = verdicts;
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    begun.put(test.getUniqueId(), Instant.now());
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (!test.isTest() && result.getStatus() != TestExecutionResult.Status.FAILED) {
      return;
    }
    Throwable thrown = result.getThrowable().orElse(null);
    Verdict.Status status = status(result.getStatus(), thrown);
    if (status == Verdict.Status.AWAY || status == Verdict.Status.SLOW) {
      target.fallSilent();
    }
    List<Rule> rules = rules(test, thrown);
    if (status == Verdict.Status.FAIL && !rules.isEmpty() && rules.get(0).level().isAdvice()) {
      status = Verdict.Status.WARN;
    }
    boolean told = status != Verdict.Status.PASS && status != Verdict.Status.SKIP;
    verdicts.accept(
        new Verdict(
            area(test),
            test.getDisplayName(),
            rules,
            status,
            status == Verdict.Status.PASS ? target.seen() : message(thrown, status),
            target.api().calledOperations(),
            told ? target.api().evidence(thrown) : Optional.empty(),
            Duration.between(begun.get(test.getUniqueId()), Instant.now())));
  }

  /** Tells that the run ended in the midst of a check. */
  void breakOff(Throwable thrown) {
    verdicts.accept(
        new Verdict(
            "suite",
            "All checks were made",
            List.of(),
            Verdict.Status.ERROR,
            message(thrown, Verdict.Status.ERROR),
            Set.of(),
            Optional.empty(),
            Duration.ZERO));
  }

  private static Verdict.Status status(TestExecutionResult.Status status, Throwable thrown) {
    return switch (status) {
      case SUCCESSFUL -> Verdict.Status.PASS;
      case ABORTED -> Verdict.Status.SKIP;
      case FAILED -> {
        if (isTimeout(thrown)) {
          yield Verdict.Status.SLOW;
        }
        if (thrown instanceof AssertionError) {
          yield Verdict.Status.FAIL;
        }
        yield thrown instanceof IOException ? Verdict.Status.AWAY : Verdict.Status.ERROR;
      }
    };
  }

  private static boolean isTimeout(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .anyMatch(InterruptedIOException.class::isInstance);
  }

  private String message(Throwable thrown, Verdict.Status status) {
    String text = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    if (status == Verdict.Status.ERROR) {
      text =
          thrown.getClass().getName()
              + ": "
              + text
              + Arrays.stream(thrown.getStackTrace())
                  .findFirst()
                  .map(place -> " at " + place)
                  .orElse("");
    }
    String line =
        target
            .api()
            .redacted(text)
            .strip()
            .replaceFirst("^Assumption failed: ", "")
            .replaceAll("\\s*\\R\\s*", " ");
    return line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + " ..." : line;
  }

  private static List<Rule> rules(TestIdentifier test, Throwable thrown) {
    return Broken.first(
        thrown,
        method(test)
            .map(method -> method.getJavaMethod().getAnnotation(Checks.class))
            .map(Checks::value)
            .orElse(new String[0]));
  }

  private static String area(TestIdentifier test) {
    return method(test)
        .map(method -> method.getJavaClass().getAnnotation(Area.class))
        .map(Area::value)
        .orElse("suite");
  }

  private static Optional<MethodSource> method(TestIdentifier test) {
    return test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
  }
}
