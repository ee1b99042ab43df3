package io.github.idc4j.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.fault.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The findings of a service that loses rows show the page that lost one. */
@Tag("slow")
class LostRowTest {

  private static final Pattern PAGE_SIZE = Pattern.compile("page_size=(\\d+)");
  private static final Pattern ROWS = Pattern.compile("\"rowsReturned\" ?: ?(\\d+)");

  @TempDir Path home;

  private static int number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  @Test
  void requestResponseAndCommandsAreOfThePageThatLostARow()
      throws IOException, InterruptedException {
    try (ReferenceService service =
        Services.reference(home).fault(Fault.LOSE_ROW_ON_PAGE_2).start()) {
      String token = service.issueToken("first@example.org");
      ConformanceResult result =
          ConformanceRun.builder()
              .baseUrl(service.baseUrl())
              .token(token)
              .select(Set.of(), Set.of("paging", "tokens"), EnumSet.allOf(Level.class))
              .build()
              .run();

      List<Outcome> failures = result.outcomes().stream().filter(Outcome::isFailure).toList();
      assertThat(failures)
          .extracting(outcome -> outcome.rules().get(0).id())
          .containsOnly(
              "paging.every-row-once", "paging.changing-size", "paging.any-size", "tokens.saved");
      for (Outcome failure : failures) {
        Evidence evidence = failure.evidence().orElseThrow();
        int size = number(PAGE_SIZE, evidence.request());
        int rows = number(ROWS, evidence.response().orElseThrow());
        assertThat(rows).as(failure.id()).isEqualTo(size - 1);
        assertThat(failure.message()).containsPattern("page [23]\\b");
        assertThat(number(ROWS, Bash.run(evidence.curl(), Map.of("IDC4J_TOKEN", token))))
            .as("rows of the page that the commands of %s print", failure.id())
            .isEqualTo(rows);
      }
    }
  }
}
