package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs {@code serve} with data that cannot be used. The command must name the file and the remedy,
 * exit with 3, and leave nothing behind.
 */
@Tag("slow")
class BadDataTest {

  private static final int SERIES = 2000;

  /** Runs a command as root that cannot read files without permission, unlike normal root. */
  private static final List<String> RESTRICTED_ROOT =
      List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");

  /**
   * Runs a command with a small file system in the data folder. Prints the files that remain there,
   * because the file system ends with the command.
   */
  private static final String SMALL_DISK =
      """
      mount -t tmpfs -o size="$SIZE" tmpfs "$IDC4J_HOME" || exit 99
      "$@"
      code=$?
      find "$IDC4J_HOME" -mindepth 1 ! -name .lock -exec echo left: {} +
      exit $code
      """;

  @TempDir Path folder;

  private Path home;
  private Path data;
  private Path temporary;

  private record Result(int exitCode, String output) {}

  @BeforeEach
  void createFolders() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    data = Files.createDirectory(folder.resolve("data"));
    temporary = Files.createDirectory(folder.resolve("temporary"));
  }

  private Result serve(List<String> wrapper, String size, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(wrapper);
    List<String> program =
        new ArrayList<>(
            List.of("-Djava.io.tmpdir=" + temporary, Main.class.getName(), "serve", "--port", "0"));
    program.addAll(List.of(arguments));
    command.addAll(JavaProgram.command(program.toArray(String[]::new)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("IDC4J_HOME", home.toString());
    builder.environment().put("SIZE", size);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private void assertRefused(Result result, String... parts) throws IOException {
    assertThat(result.output()).contains(parts).startsWith("idc4j serve: ").hasLineCount(1);
    assertThat(result.exitCode()).isEqualTo(3);
    for (Path used : List.of(home, temporary)) {
      try (Stream<Path> files = Files.walk(used)) {
        assertThat(
                files
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".lock")))
            .as("files that are left")
            .isEmpty();
      }
    }
  }

  private void assertRefused(Path path, String... parts) throws IOException, InterruptedException {
    assertRefused(serve(List.of(), "", "--data", path.toString()), parts);
  }

  @Test
  void aTruncatedWheel() throws IOException, InterruptedException {
    Path wheel = IndexPackage.write(data, SERIES, "");
    byte[] bytes = Files.readAllBytes(wheel);
    Files.write(wheel, Arrays.copyOf(bytes, bytes.length / 2));

    assertRefused(
        wheel, "The wheel " + wheel + " is damaged or incomplete", "Download the wheel again.");
  }

  @Test
  void aTableWithTheWrongColumns() throws IOException, InterruptedException {
    List<Path> tables = IndexPackage.tables(data, SERIES, 3);
    Files.copy(tables.get(1), tables.get(0), StandardCopyOption.REPLACE_EXISTING);

    assertRefused(
        data,
        tables.get(0) + " is not a valid table idc_index. Missing columns: collection_id",
        "Use the file with this name from IDC release");
  }

  @Test
  void aDamagedTable() throws IOException, InterruptedException {
    Path table = IndexPackage.tables(data, SERIES, 3).get(0);
    byte[] bytes = Files.readAllBytes(table);
    Arrays.fill(bytes, 100, bytes.length / 2, (byte) 7);
    Files.write(table, bytes);

    assertRefused(data, table + " is damaged", "Download the file again.");
  }

  @Test
  void tablesOfTwoReleases() throws IOException, InterruptedException {
    List<Path> tables = IndexPackage.tables(data, SERIES, 4);

    assertRefused(
        data,
        "The data mixes releases: the newest release in " + tables.get(1) + " is 4",
        tables.get(0) + " are from release 3",
        "Use only files from the same release.");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFolderOrFileWithoutPermission(boolean isFolder) throws IOException, InterruptedException {
    Path table = IndexPackage.tables(data, SERIES, 3).get(0);
    Path unreadable = isFolder ? data : table;
    Files.setPosixFilePermissions(unreadable, PosixFilePermissions.fromString("---------"));
    List<String> wrapper = isRoot() ? RESTRICTED_ROOT : List.of();
    assumeTrue(works(wrapper), "needs setpriv, because root can read all files");

    try {
      assertRefused(
          serve(wrapper, "", "--data", data.toString()),
          "You have no permission to read " + unreadable,
          "Change its permissions");
    } finally {
      Files.setPosixFilePermissions(unreadable, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** The disk is full when a table is extracted from the wheel, or when DuckDB loads the table. */
  @ParameterizedTest
  @ValueSource(strings = {"8k", "300k"})
  void aFullDisk(String size) throws IOException, InterruptedException {
    Path wheel = IndexPackage.write(data, SERIES, "");

    assertRefused(
        serve(smallDisk(), size, "--data", wheel.toString()),
        "Cannot load " + wheel + " into " + home,
        "No space left on device",
        "Free disk space, or set IDC4J_HOME to a folder on another disk.");
  }

  @Test
  void aFullDiskForTheSample() throws IOException, InterruptedException {
    assertRefused(
        serve(smallDisk(), "1m"),
        "Cannot generate the sample data in " + home,
        "No space left on device",
        "Free disk space, or set IDC4J_HOME to a folder on another disk.");
  }

  private static List<String> smallDisk() throws IOException, InterruptedException {
    List<String> unshare = List.of("unshare", isRoot() ? "-m" : "-rm");
    List<String> test = new ArrayList<>(unshare);
    test.addAll(List.of("mount", "-t", "tmpfs", "tmpfs", System.getProperty("java.io.tmpdir")));
    assumeTrue(works(test), "needs the permission to mount a small file system");
    List<String> wrapper = new ArrayList<>(unshare);
    wrapper.addAll(List.of("sh", "-c", SMALL_DISK, "sh"));
    return wrapper;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** Returns whether a command, or another command with this wrapper, exits with 0. */
  private static boolean works(List<String> command) throws InterruptedException {
    List<String> complete = new ArrayList<>(command);
    if (!command.contains("mount")) {
      complete.add("true");
    }
    try {
      return new ProcessBuilder(complete)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
