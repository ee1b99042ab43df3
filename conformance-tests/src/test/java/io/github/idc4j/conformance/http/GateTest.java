package io.github.idc4j.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Which requests pass, when, and how many. */
class GateTest {

  private static final Call READ = Call.get("/about");
  private static final Call WRITE = Call.delete("/cohorts/1");
  private static final Duration DAY = Duration.ofDays(1);

  private final FakeTicker time = new FakeTicker();

  private Gate gate(boolean writes, int maxRequests, Duration maxTime, double perSecond) {
    return new Gate(writes, maxRequests, maxTime, perSecond, time);
  }

  private static void assertSkipped(Runnable request, String reason) {
    assertThatExceptionOfType(TestAbortedException.class)
        .isThrownBy(request::run)
        .withMessageContaining(reason);
  }

  @Test
  void requestsComeAtThePaceThatWasSet() {
    Gate gate = gate(true, Integer.MAX_VALUE, DAY, 4);
    gate.pass(READ);
    gate.pass(READ);
    time.pass(Duration.ofMillis(100));
    gate.pass(READ);
    time.pass(Duration.ofSeconds(7));
    gate.pass(READ);
    gate.passCleanUp(WRITE);

    assertThat(time.slept)
        .containsExactly(Duration.ofMillis(250), Duration.ofMillis(150), Duration.ofMillis(250));
  }

  @Test
  void withoutAPaceNothingIsWaitedFor() {
    Gate gate = gate(true, Integer.MAX_VALUE, DAY, 0);
    gate.pass(READ);
    gate.pass(READ);

    assertThat(time.slept).isEmpty();
  }

  @Test
  void beyondTheNumberOnlyACleanUpPasses() {
    Gate gate = gate(true, 2, DAY, 0);
    gate.pass(READ);
    gate.pass(WRITE);
    assertThat(gate.isExhausted()).isFalse();

    assertSkipped(() -> gate.pass(READ), "the limit of 2 requests is reached");
    assertThat(gate.isExhausted()).isTrue();
    gate.passCleanUp(WRITE);
    assertThat(gate.passed()).isEqualTo(3);
  }

  @Test
  void afterTheTimeOnlyACleanUpPasses() {
    Gate gate = gate(true, Integer.MAX_VALUE, Duration.ofSeconds(10), 0);
    time.pass(Duration.ofSeconds(9));
    gate.pass(READ);
    time.pass(Duration.ofSeconds(1));

    assertSkipped(() -> gate.pass(READ), "the limit of 10 s is reached");
    gate.passCleanUp(WRITE);
  }

  @Test
  void aTurnThatComesAfterTheTimeIsNotWaitedFor() {
    Gate gate = gate(true, Integer.MAX_VALUE, Duration.ofSeconds(10), 0.01);
    gate.pass(READ);

    assertSkipped(() -> gate.pass(READ), "the limit of 10 s is reached");
    assertSkipped(() -> gate.pause(Duration.ofSeconds(11)), "the limit of 10 s is reached");
    assertThat(time.slept).isEmpty();
  }

  @Test
  void aRunThatReadsLetsNoWritePassNotEvenToCleanUp() {
    Gate gate = gate(false, Integer.MAX_VALUE, DAY, 0);

    assertSkipped(() -> gate.pass(WRITE), "--allow-writes");
    assertThatIllegalStateException().isThrownBy(() -> gate.passCleanUp(WRITE));
    gate.pass(READ);
    gate.passCleanUp(READ);
    assertThat(gate.passed()).isEqualTo(2);
  }

  @Test
  void aRunThatIsToldToEndCleansUpOnly() {
    Gate gate = gate(true, Integer.MAX_VALUE, DAY, 0);
    gate.close();

    assertSkipped(() -> gate.pass(READ), "told to end");
    gate.passCleanUp(WRITE);
  }
}
