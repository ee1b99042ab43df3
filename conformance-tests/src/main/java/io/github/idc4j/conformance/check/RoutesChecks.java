package io.github.idc4j.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.Family;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.Walk;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, methods and headers. */
@Area("routes")
@Order(2)
@ExtendWith(TargetExtension.class)
final class RoutesChecks {

  private static final List<String> SECURITY_HEADERS =
      List.of(
          "X-Frame-Options",
          "X-Content-Type-Options",
          "Content-Security-Policy",
          "Referrer-Policy",
          "Strict-Transport-Security");

  @ParameterizedTest(name = "GET {0}/ answers like {0}, without redirect")
  @ValueSource(
      strings = {"/about", "/versions", "/collections", "/analysis_results", "/attributes"})
  @Checks("routes.final-slash")
  void finalSlash(String path, Target target) {
    Exchange plain = Expect.status(target.send(Call.get(path)), 200);
    Exchange slashed = Expect.status(target.send(Call.get(path + "/")), 200);
    assertThat(slashed.json()).as("the body with a final slash").isEqualTo(plain.json());
  }

  @ParameterizedTest(name = "{0}: a first call is also served with a final slash")
  @EnumSource(Family.class)
  @Checks("routes.final-slash")
  void finalSlashOfFirstCall(Family family, Target target) {
    Call first = family.begin(target).with("page_size", 2);
    Exchange plain = Walk.finish(target, family, first);
    Exchange slashed = Walk.finish(target, family, first.withFinalSlash());
    Expect.sameRows("the answer with a final slash", family.rows(slashed), family.rows(plain));
  }

  @Test
  @Checks("routes.final-slash")
  @DisplayName("The paths of a user are also served with a final slash")
  void finalSlashOfUsersPaths(Target target) {
    Expect.user(target);
    Expect.status(
        target.send(Call.get("/users/account_details").as(Bearer.FIRST).withFinalSlash()), 200);
    Expect.status(target.send(Call.get("/cohorts").as(Bearer.FIRST).withFinalSlash()), 200);
    try (SavedCohort cohort = SavedCohort.make(target)) {
      Walk.finish(target, Family.MANIFEST, cohort.manifest().withFinalSlash());
      Walk.finish(target, Family.QUERY, cohort.query("PatientID").withFinalSlash());
      Expect.status(target.send(cohort.delete().withFinalSlash()), 200);
    }
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks({"routes.not-found", "errors.no-change"})
  void notFound(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0}")
  @ArgumentsSource(Negatives.class)
  @Checks({"routes.method-not-allowed", "errors.no-change"})
  void methodNotAllowed(Negative negative, Target target) {
    negative.isRefused(target);
  }

  @ParameterizedTest(name = "{0} {1}, without a final slash, is 405 or, as a quirk, 404")
  @CsvSource({"POST, /about", "PUT, /cohorts", "GET, /cohorts/manifest/preview"})
  @Checks("routes.method-not-allowed-quirk")
  void methodNotAllowedWithoutSlash(String method, String path, Target target) {
    Exchange exchange = target.sendUnjudged(Call.of(method, path));
    assertThat(exchange.status()).as("status").isIn(405, 404);
    Expect.html(exchange, exchange.status());
    target.saw(exchange.status() == 404 ? "404, as deployed" : "405");
  }

  @Test
  @Checks("routes.security-headers")
  @DisplayName("Answers carry the security headers")
  void securityHeaders(Target target) {
    Exchange exchange = target.send(Call.get("/about"));
    assertThat(SECURITY_HEADERS)
        .as("security headers that are there")
        .allMatch(name -> !exchange.header(name).isEmpty());
  }
}
