package io.github.idc4j.conformance.run;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Runs the curl commands of reports. */
public final class Bash {

  private Bash() {}

  /** Returns the output of commands; skips the test without curl or bash. */
  public static String run(String line, Map<String, String> environment) {
    return run("/bin/bash", line, environment);
  }

  /** Returns the output of commands in another shell. */
  public static String run(String shell, String line, Map<String, String> environment) {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/curl")) && Files.isExecutable(Path.of(shell)),
        "needs curl and " + shell);
    ProcessBuilder bash =
        new ProcessBuilder(shell, "-c", line).redirectError(ProcessBuilder.Redirect.INHERIT);
    bash.environment().putAll(environment);
    try {
      Process process = bash.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("exit code " + process.exitValue() + " of " + line);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Returns the body in the output of {@code curl -i}. */
  public static String body(String output) {
    return output.substring(output.indexOf("\r\n\r\n") + 4);
  }
}
