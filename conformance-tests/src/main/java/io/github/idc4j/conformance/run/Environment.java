package io.github.idc4j.conformance.run;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Reads the settings of a run from environment variables. */
final class Environment {

  private static final String SEED = "IDC4J_SEED";

  private Environment() {}

  static ConformanceRunBuilder builder(Map<String, String> environment) {
    ConformanceRunBuilder builder =
        ConformanceRun.builder()
            .baseUrl(
                url(environment, "IDC4J_BASE_URL")
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "There is no service to check. Set IDC4J_BASE_URL, for example to "
                                    + BaseUrl.EXAMPLE)));
    url(environment, "IDC4J_ACCEPTED_BASE_URL").ifPresent(builder::acceptedBaseUrl);
    builder.tokensFrom(environment);
    builder.network(
        NetworkSettings.builder()
            .proxiesFrom(environment)
            .allowPlainHttp("true".equals(environment.get("IDC4J_ALLOW_PLAIN_HTTP")))
            .build());
    if ("true".equals(environment.get("IDC4J_ALLOW_WRITES"))) {
      builder.allowWrites(true);
    }
    String seed = environment.get(SEED);
    if (seed != null) {
      if (!seed.matches("-?[0-9]{1,18}")) {
        throw new IllegalArgumentException(SEED + " must be a whole number, but was " + seed);
      }
      builder.seed(Long.parseLong(seed));
    }
    return builder;
  }

  private static Optional<URI> url(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(text -> !text.isBlank())
        .map(text -> BaseUrl.parse(name, text));
  }
}
