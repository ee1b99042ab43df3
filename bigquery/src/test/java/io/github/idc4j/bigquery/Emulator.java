package io.github.idc4j.bigquery;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableDataWriteChannel;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.engine.BigQuerySettings;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The emulator of BigQuery, with the small sample. All tests of a run share one emulator, which
 * ends with the process.
 */
final class Emulator {

  static final String PROJECT = "idc";
  static final String SCRATCH = "scratch";
  static final SampleSize SAMPLE = SampleSize.small();

  private static final String PROGRAM = "bqemulator";
  private static final String REQUIRED = "bqemulator.required";
  private static final String DATA = "sample";
  private static final String SAMPLE_TABLE = ".parquet";
  private static final Duration START = Duration.ofSeconds(60);

  private static Emulator shared;

  private final URI endpoint;
  private final BigQuery bigQuery;
  private final Path home;

  private Emulator(int port, Path home) {
    this.endpoint = URI.create("http://127.0.0.1:" + port);
    this.home = home;
    this.bigQuery =
        BigQueryOptions.newBuilder()
            .setProjectId(PROJECT)
            .setHost(endpoint.toString())
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
  }

  /** Returns the running emulator. Skips the test if the emulator is not installed. */
  static synchronized Emulator shared() throws IOException, InterruptedException {
    if (shared == null) {
      Optional<Path> program = program();
      if (program.isEmpty()) {
        String skipped =
            "BigQuery's emulator is needed: pip install bqemulator, and put it into PATH or set"
                + " -D"
                + PROGRAM
                + ". See CONTRIBUTING.md.";
        if (Boolean.getBoolean(REQUIRED)) {
          throw new AssertionError(skipped);
        }
        Assumptions.abort(skipped);
      }
      shared = start(program.orElseThrow());
    }
    return shared;
  }

  private static Optional<Path> program() {
    String chosen = System.getProperty(PROGRAM, "");
    if (!chosen.isEmpty()) {
      return Optional.of(Path.of(chosen));
    }
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, PROGRAM))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Emulator start(Path program) throws IOException, InterruptedException {
    int port = freePort();
    Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
    Process process =
        new ProcessBuilder(
                program.toString(),
                "start",
                "--rest-port",
                Integer.toString(port),
                "--grpc-port",
                Integer.toString(freePort()),
                "--project",
                PROJECT,
                "--log-level",
                "error")
            .redirectErrorStream(true)
            .redirectOutput(target.resolve("bqemulator.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Emulator emulator = new Emulator(port, target.resolve("home"));
    emulator.awaitStart(process);
    emulator.bigQuery.create(DatasetInfo.of(SCRATCH));
    emulator.load();
    return emulator;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart(Process process) throws InterruptedException {
    Instant end = Instant.now().plus(START);
    while (!isListening()) {
      if (!process.isAlive() || Instant.now().isAfter(end)) {
        throw new AssertionError("The emulator does not start: see target/bqemulator.log");
      }
      Thread.sleep(50);
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Loads the Parquet files of the sample. The tables must exist before, to have the right types.
   */
  private void load() throws IOException, InterruptedException {
    bigQuery.create(DatasetInfo.of(DATA));
    try {
      // Generates the sample if this is the first run.
      database().close();
      for (String table : List.of(Catalogue.PIVOT, "tcga_clinical_rel9", "tcga_biospecimen_rel9")) {
        load(TableId.of(DATA, table), sampleFolder().resolve(table + SAMPLE_TABLE));
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** Opens the same data in DuckDB. */
  Database database() throws IOException, SQLException {
    return Database.open(new Catalogue(), List.of(), home, 1, SAMPLE);
  }

  /** Returns the folder with the Parquet files of the sample. */
  Path sampleFolder() throws IOException {
    try (Stream<Path> folders = Files.list(home)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("sample-"))
          .findFirst()
          .orElseThrow();
    }
  }

  void load(TableId table, Path file) throws IOException, InterruptedException, SQLException {
    bigQuery.create(TableInfo.of(table, StandardTableDefinition.of(schema(file))));
    TableDataWriteChannel channel =
        bigQuery.writer(
            WriteChannelConfiguration.newBuilder(table)
                .setFormatOptions(FormatOptions.parquet())
                .build());
    try (channel) {
      channel.write(ByteBuffer.wrap(Files.readAllBytes(file)));
    }
    Job job = channel.getJob().waitFor();
    if (job.getStatus().getError() != null) {
      throw new IOException(job.getStatus().getError().toString());
    }
  }

  private static Schema schema(Path file) throws SQLException {
    List<Field> fields = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet columns =
            statement.executeQuery(
                "DESCRIBE SELECT * FROM read_parquet(" + Database.quote(file.toString()) + ")")) {
      while (columns.next()) {
        fields.add(field(columns.getString("column_name"), columns.getString("column_type")));
      }
    }
    return Schema.of(fields);
  }

  private static Field field(String name, String type) {
    Field field =
        Field.of(
            name,
            switch (type) {
              case "VARCHAR", "VARCHAR[]" -> StandardSQLTypeName.STRING;
              case "DOUBLE" -> StandardSQLTypeName.FLOAT64;
              default -> throw new IllegalArgumentException(type);
            });
    return type.endsWith("[]") ? field.toBuilder().setMode(Field.Mode.REPEATED).build() : field;
  }

  /** Returns the settings of an engine that uses the sample in this emulator. */
  BigQuerySettings settings() {
    return settings(DATA, SCRATCH, endpoint);
  }

  static BigQuerySettings settings(String dataset, String scratch, URI endpoint) {
    return new BigQuerySettings(
        PROJECT,
        Optional.of(dataset),
        scratch,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.of(endpoint));
  }

  URI endpoint() {
    return endpoint;
  }

  BigQuery bigQuery() {
    return bigQuery;
  }

  /** Returns the folder with the sample, for services with the same data. */
  Path home() {
    return home;
  }
}
