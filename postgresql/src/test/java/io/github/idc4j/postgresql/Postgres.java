package io.github.idc4j.postgresql;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A server of PostgreSQL with its own folder. It ends with the process. */
final class Postgres implements AutoCloseable {

  static final String PASSWORD = "pa55-w0rd-of-the-test";

  private static final String USER = "idc4j_user";
  private static final String FOLDER = "postgresql";
  private static final String REQUIRED = "postgresql.required";

  /** The user of the server if this process runs as root, with which PostgreSQL refuses to run. */
  private static final String SERVER_USER = "postgres";

  private final Path programs;
  private final Path folder;
  private final int port;
  private final boolean root = System.getProperty("user.name").equals("root");

  private Postgres(Path programs) throws IOException, InterruptedException {
    this.programs = programs;
    this.folder = Files.createTempDirectory("idc4j-test-postgres-");
    this.port = freePort();
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    if (root) {
      own(folder);
      own(password);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopNow));
    run(
        "initdb",
        "-D",
        data(),
        "-U",
        USER,
        "--pwfile=" + password,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync");
  }

  private static void own(Path path) throws IOException {
    Files.setOwner(
        path,
        path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(SERVER_USER));
  }

  /** Starts a server. Skips the test if PostgreSQL is not installed. */
  static Postgres start() throws IOException, InterruptedException {
    Optional<Path> programs = programs();
    if (programs.isEmpty()) {
      String skipped =
          "PostgreSQL is needed: apt-get install postgresql, or set -D"
              + FOLDER
              + " to the folder of its program initdb. See CONTRIBUTING.md.";
      if (Boolean.getBoolean(REQUIRED)) {
        throw new AssertionError(skipped);
      }
      Assumptions.abort(skipped);
    }
    Postgres server = new Postgres(programs.orElseThrow());
    server.resume();
    return server;
  }

  private static Optional<Path> programs() throws IOException {
    String chosen = System.getProperty(FOLDER, "");
    if (!chosen.isEmpty()) {
      return Optional.of(Path.of(chosen));
    }
    List<Path> folders =
        new ArrayList<>(
            Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(Path::of).toList());
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions
            .sorted(Comparator.reverseOrder())
            .map(version -> version.resolve("bin"))
            .forEach(folders::add);
      }
    }
    return folders.stream()
        .filter(found -> Files.isExecutable(found.resolve("initdb")))
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  /** Starts the server after {@link #stop}. */
  void resume() throws IOException, InterruptedException {
    run(
        "pg_ctl",
        "start",
        "-w",
        "-D",
        data(),
        "-l",
        folder.resolve("log").toString(),
        "-o",
        "-p " + port + " -c listen_addresses=127.0.0.1 -c fsync=off -k " + folder);
  }

  /** Stops the server, which ends all connections. */
  void stop() throws IOException, InterruptedException {
    run("pg_ctl", "stop", "-w", "-m", "fast", "-D", data());
  }

  /** Creates an empty database and returns its URL, which contains {@link #PASSWORD}. */
  String database(String name) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url("postgres", PASSWORD));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return url(name, PASSWORD);
  }

  String url(String database, String password) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
        .formatted(port, database, USER, password);
  }

  private void run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (root) {
      command.addAll(List.of("runuser", "-u", SERVER_USER, "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("idc4j-test-postgres-", ".log");
    int code =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    String printed = Files.readString(output);
    Files.delete(output);
    if (code != 0) {
      throw new IOException(program + " failed with " + code + ": " + printed);
    }
  }

  private void stopNow() {
    try {
      if (Files.exists(Path.of(data(), "postmaster.pid"))) {
        run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data());
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      System.err.println("The test server of PostgreSQL did not stop: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (Files.exists(folder)) {
      stopNow();
    }
  }
}
