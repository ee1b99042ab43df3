package io.github.idc4j.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs of this machine that tests use. */
final class Programs {

  /** The npm package with what the tests need of Node. */
  static final Path NODE_FOLDER = Path.of("src/test/browser").toAbsolutePath();

  private static final String NPM =
      System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")
          ? "npm.cmd"
          : "npm";

  /** Ends a program that hangs. A busy computer needs several times the usual time. */
  private static final long LIMIT_SECONDS = 1800;

  private Programs() {}

  /**
   * Skips the test with a message if something is missing; fails it if the property says that it is
   * required.
   */
  static void need(boolean there, String property, String what) {
    if (there) {
      return;
    }
    String message = what + " (-D" + property + "=true makes this a failure)";
    if (Boolean.getBoolean(property)) {
      fail(message);
    }
    System.out.println("[WARNING] Left out: " + message);
    abort(message);
  }

  /** Returns whether the program is there and ends without an error. */
  static boolean runs(Path folder, String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      return ended(process) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns whether Node is there, with the packages of {@link #NODE_FOLDER}. */
  static boolean nodeIsThere() throws IOException, InterruptedException {
    Path installed = NODE_FOLDER.resolve("node_modules/.package-lock.json");
    Path wanted = NODE_FOLDER.resolve("package-lock.json");
    return runs(
            NODE_FOLDER, "node", "-e", "process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)")
        && (isNewer(installed, wanted)
            || runs(NODE_FOLDER, NPM, "ci", "--no-audit", "--no-fund", "--loglevel=error"));
  }

  private static boolean isNewer(Path file, Path other) throws IOException {
    return Files.exists(file)
        && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(other)) >= 0;
  }

  /** Returns what the program printed; fails with it, if the program failed. */
  static String run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("idc4j", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = ended(process);
      String printed = Files.readString(output);
      assertThat(ended).as("%s ended; it printed %s", command.get(0), printed).isTrue();
      assertThat(process.exitValue()).as("%s: %s", command.get(0), printed).isZero();
      return printed;
    } finally {
      Files.delete(output);
    }
  }

  private static boolean ended(Process process) throws InterruptedException {
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    return ended;
  }
}
