package io.github.idc4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.idc4j.conformance.check.Checks;
import io.github.idc4j.conformance.http.Gate;
import io.github.idc4j.conformance.http.Patience;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What JUnit tells becomes the verdict that is meant. */
class VerdictListenerTest {

  /** Checks with every outcome; not run by themselves. */
  static final class Outcomes {

    @Test
    @Checks("metadata.about")
    void pass() {
      // Returning is all that a check does that holds.
    }

    @Test
    @Checks({"paging.every-row-once", "paging.order"})
    void fail() {
      assertThat("b").as("paging.order: rows\nof two lines").isEqualTo("a");
    }

    @Test
    @Checks("metadata.about")
    void skip() {
      Assumptions.abort("the reason");
    }

    @Test
    @Checks("metadata.about")
    void away() throws IOException {
      Reader closed = Reader.nullReader();
      closed.close();
      assertThat(closed.read()).isNegative();
    }

    @Test
    @Checks("metadata.about")
    void slow() {
      try (ServerSocket nobodyCalls = new ServerSocket(0)) {
        nobodyCalls.setSoTimeout(1);
        assertThat(nobodyCalls.accept()).isNull();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Test
    @Checks("metadata.about")
    void error() {
      assertThat(Integer.parseInt("our own fault")).isZero();
    }
  }

  private static Verdict verdict(String check) {
    List<Verdict> verdicts = new ArrayList<>();
    Target target =
        new Target(
            URI.create("http://127.0.0.1:1"),
            Optional.empty(),
            Map.of(),
            Gate.unbounded(true),
            Patience.USUAL,
            Target.MAX_WAIT,
            Target.SEED,
            Leftovers.SAFE_AGE);
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Outcomes.class))
                .build(),
            new VerdictListener(target, verdicts::add));
    return verdicts.stream()
        .filter(verdict -> verdict.title().equals(check + "()"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCheckThatHoldsPasses() {
    assertThat(verdict("pass").status()).isEqualTo(Verdict.Status.PASS);
    assertThat(verdict("pass").message()).isEmpty();
  }

  @Test
  void anAssertionIsAFailureOfTheRuleThatItNames() {
    Verdict fail = verdict("fail");

    assertThat(fail.status()).isEqualTo(Verdict.Status.FAIL);
    assertThat(fail.rules().get(0).id()).isEqualTo("paging.order");
    assertThat(fail.message()).contains("rows of two lines").doesNotContain("\n");
  }

  @Test
  void anAssumptionIsASkipWithItsReason() {
    assertThat(verdict("skip").status()).isEqualTo(Verdict.Status.SKIP);
    assertThat(verdict("skip").message()).isEqualTo("the reason");
  }

  @Test
  void aRequestWithoutAnswerIsNoFailure() {
    assertThat(verdict("away").status()).isEqualTo(Verdict.Status.AWAY);
  }

  @Test
  void aRequestWithoutAnswerInTimeIsSlow() {
    assertThat(verdict("slow").status()).isEqualTo(Verdict.Status.SLOW);
  }

  @Test
  void anyOtherExceptionIsTheSuitesOwnFaultAndSaysWhere() {
    Verdict error = verdict("error");

    assertThat(error.status()).isEqualTo(Verdict.Status.ERROR);
    assertThat(error.message())
        .startsWith("java.lang.NumberFormatException: For input string: \"our own fault\" at ");
  }
}
