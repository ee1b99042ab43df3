package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.Cohort;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What errors say. */
@Area("errors")
@Order(11)
@ExtendWith(TargetExtension.class)
final class ErrorChecks {

  private static final Map<String, ?> UNKNOWN = Map.of("no_such_attribute", new String[] {"x"});

  @ParameterizedTest(name = "GET {0}: the message begins with \"{1}\"")
  @CsvSource({
    "/collections?foo=1, Invalid argument foo",
    "/analysis_results?foo=1, Invalid argument foo",
    "/cohorts/manifest/nextPage?next_page=garbage, Invalid next_page token",
    "/cohorts/query/nextPage?next_page=garbage, Invalid next_page token",
    "/dicomMetadata/nextPage?next_page=garbage, Invalid next_page token",
    "/dicomMetadata?page_size=abc, [ERROR] get_query()",
  })
  @Checks("errors.wording")
  void ofGet(String target, String message, Target service) {
    says(service, Call.get(target), message);
  }

  @ParameterizedTest(name = "POST {0}: the message begins with \"{2}\"")
  @CsvSource(
      delimiter = '|',
      value = {
        "/cohorts/manifest/preview |  | [ERROR] get_manifest()",
        "/cohorts/manifest/preview?Patient_ID=True&foo=1 |  | Invalid key foo",
        "/cohorts/manifest/preview?Patient_ID=True&page_size=abc |  | Parameter page_size must have an integer value",
        "/cohorts/query/preview?page_size=abc | fields | [ERROR] get_query()"
      })
  @Checks("errors.wording")
  void ofPost(String target, String fields, String message, Target service) {
    String body =
        fields == null
            ? Cohort.ofCollection(service.facts().collection())
            : Cohort.query(Map.of(), "PatientID");
    says(service, Call.post(target).json(body), message);
  }

  @Test
  @Checks("errors.wording")
  @DisplayName("Bad filters are refused in the documented words")
  void ofBadFilters(Target service) {
    says(
        service,
        Call.post("/cohorts/query/preview").json(Cohort.query(UNKNOWN, "PatientID")),
        "Filters were improperly formatted.");
    Expect.user(service);
    says(
        service,
        Call.post("/cohorts").json(Cohort.of(service.leftovers().mark(), UNKNOWN)).as(Bearer.FIRST),
        "Cohort information was improperly formatted - cohort not created.");
  }

  private static void says(Target service, Call call, String message) {
    assertThat(Expect.error(service.send(call), 400).json().path("message").asString())
        .startsWith(message);
  }
}
