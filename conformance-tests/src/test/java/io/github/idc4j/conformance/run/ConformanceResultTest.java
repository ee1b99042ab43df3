package io.github.idc4j.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.rule.Rule;
import io.github.idc4j.conformance.rule.Rules;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules and exit codes of results. */
class ConformanceResultTest {

  private static final List<Rule> ORDER_AND_END =
      List.of(Rules.of("paging.order"), Rules.of("paging.end"));

  private static Set<String> verified(Status status, Set<String> coveredStatuses) {
    Outcome outcome =
        new Outcome(
            "paging/t",
            "paging",
            "t",
            ORDER_AND_END,
            status,
            "",
            false,
            Set.of(),
            Optional.empty(),
            Duration.ZERO);
    return new ConformanceResult(
            URI.create("http://127.0.0.1/v1"),
            List.of(outcome),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            80,
            Duration.ZERO,
            0,
            1,
            Set.of(),
            Set.of(),
            coveredStatuses,
            Set.of(),
            List.of())
        .verifiedRules();
  }

  @Test
  void aPassedCheckVerifiesAllItsRulesAndAFailedCheckTheViolatedOne() {
    assertThat(verified(Status.PASS, Set.of())).containsExactly("paging.end", "paging.order");
    assertThat(verified(Status.FAIL, Set.of())).containsExactly("paging.order");
    assertThat(verified(Status.KNOWN, Set.of())).containsExactly("paging.order");
    assertThat(verified(Status.SKIP, Set.of())).isEmpty();
    assertThat(verified(Status.SLOW, Set.of())).isEmpty();
  }

  @Test
  void aResponseOfAnOperationVerifiesTheRulesOfEveryResponse() {
    assertThat(verified(Status.SKIP, Set.of("getAbout 200")))
        .containsExactlyInAnyOrder(
            "spec.status", "spec.media-type", "spec.header", "spec.body", "spec.code");
  }
}
