package io.github.idc4j.conformance.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Limits of number, rate, time and kind of requests. */
class RequestBudgetTest {

  private static final ApiRequest READ = ApiRequest.get("/about");
  private static final ApiRequest WRITE = ApiRequest.delete("/cohorts/1");
  private static final Duration DAY = Duration.ofDays(1);

  private final FakeTicker time = new FakeTicker();

  private RequestBudget budget(
      boolean writes, int maxRequests, Duration maxTime, double perSecond) {
    return new RequestBudget(writes, maxRequests, maxTime, perSecond, Duration.ZERO, time);
  }

  private static void assertSkipped(Runnable request, String reason) {
    assertThatExceptionOfType(Skipped.class).isThrownBy(request::run).withMessageContaining(reason);
  }

  @Test
  void limitsTheRate() {
    RequestBudget budget = budget(true, Integer.MAX_VALUE, DAY, 4);
    budget.pass(READ);
    budget.pass(READ);
    time.pass(Duration.ofMillis(100));
    budget.pass(READ);
    time.pass(Duration.ofSeconds(7));
    budget.pass(READ);
    budget.passCleanUp(WRITE);

    assertThat(time.slept)
        .containsExactly(Duration.ofMillis(250), Duration.ofMillis(150), Duration.ofMillis(250));
  }

  @Test
  void withoutARateNothingWaits() {
    RequestBudget budget = budget(true, Integer.MAX_VALUE, DAY, 0);
    budget.pass(READ);
    budget.pass(READ);

    assertThat(time.slept).isEmpty();
  }

  @Test
  void beyondTheNumberOnlyCleanUpIsAllowed() {
    RequestBudget budget = budget(true, 2, DAY, 0);
    budget.pass(READ);
    budget.pass(WRITE);
    assertThat(budget.isExhausted()).isFalse();

    assertSkipped(() -> budget.pass(READ), "the limit of 2 requests is reached");
    assertThat(budget.isExhausted()).isTrue();
    budget.passCleanUp(WRITE);
    assertThat(budget.sent()).isEqualTo(3);
  }

  @Test
  void afterTheTimeOnlyCleanUpIsAllowed() {
    RequestBudget budget = budget(true, Integer.MAX_VALUE, Duration.ofSeconds(10), 0);
    time.pass(Duration.ofSeconds(9));
    budget.pass(READ);
    time.pass(Duration.ofSeconds(1));

    assertSkipped(() -> budget.pass(READ), "the limit of 10 s is reached");
    budget.passCleanUp(WRITE);
  }

  @Test
  void doesNotWaitBeyondTheTime() {
    RequestBudget budget = budget(true, Integer.MAX_VALUE, Duration.ofSeconds(10), 0.01);
    budget.pass(READ);

    assertSkipped(() -> budget.pass(READ), "the limit of 10 s is reached");
    assertSkipped(() -> budget.pause(Duration.ofSeconds(11)), "the limit of 10 s is reached");
    assertThat(time.slept).isEmpty();
  }

  @Test
  void aReadOnlyRunAllowsNoWritesNotEvenToCleanUp() {
    RequestBudget budget = budget(false, Integer.MAX_VALUE, DAY, 0);

    assertSkipped(() -> budget.pass(WRITE), "--allow-writes");
    assertThatIllegalStateException().isThrownBy(() -> budget.passCleanUp(WRITE));
    budget.pass(READ);
    budget.passCleanUp(READ);
    assertThat(budget.sent()).isEqualTo(2);
  }

  @Test
  void afterCloseOnlyCleanUpIsAllowed() {
    RequestBudget budget = budget(true, Integer.MAX_VALUE, DAY, 0);
    budget.close();

    assertSkipped(() -> budget.pass(READ), "was interrupted");
    budget.passCleanUp(WRITE);
  }
}
