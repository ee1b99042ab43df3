package io.github.idc4j.conformance.run;

import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.report.Reports;
import io.github.idc4j.conformance.rule.Level;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A run in another process; the system property {@code idc4j.report} names its report folder. */
final class ChildRun {

  private ChildRun() {}

  /** Starts a run with the tokens; it ends with the run's exit code. */
  static Process start(
      URI baseUrl, Set<String> rules, Map<Caller, String> tokens, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The process is too short-lived for the second compiler to pay off.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ChildRun.class.getName(), baseUrl.toString()));
    command.addAll(rules);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    tokens.forEach((caller, token) -> builder.environment().put(caller.variable(), token));
    return builder.start();
  }

  public static void main(String[] args) throws IOException {
    ConformanceRunBuilder run =
        ConformanceRun.builder()
            .baseUrl(URI.create(args[0]))
            .network(NetworkSettings.builder().allowPlainHttp(true).build())
            .select(
                Set.copyOf(List.of(args).subList(1, args.length)),
                Set.of(),
                Set.of(Level.values()));
    for (Caller caller : Caller.GIVEN) {
      run.token(caller, System.getenv(caller.variable()));
    }
    if (System.getProperty("idc4j.report") != null) {
      run.reporter(Reports.folder(Path.of(System.getProperty("idc4j.report"))));
    }
    System.exit(run.build().run().exitCode());
  }
}
