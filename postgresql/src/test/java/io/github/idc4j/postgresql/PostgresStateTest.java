package io.github.idc4j.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.state.StateException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;

/** Tests services whose state is in PostgreSQL. */
@Timeout(180)
@Tag("slow")
class PostgresStateTest {

  private static final String ALICE = "alice@example.org";
  private static final Logger ROOT = Logger.getLogger("");

  @TempDir static Path home;

  private static Postgres postgres;
  private static int databases;

  private final Deque<ReferenceService> services = new ArrayDeque<>();
  private final Log log = new Log();
  private String url;

  /** Collects everything that is logged. */
  private static final class Log extends Handler {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private Log() {
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(new SimpleFormatter().format(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    postgres = Postgres.start();
  }

  @AfterAll
  static void stopServer() {
    if (postgres != null) {
      postgres.close();
    }
  }

  @BeforeEach
  void createDatabaseAndCollectLog() throws SQLException {
    url = postgres.database("test" + databases++);
    ROOT.addHandler(log);
    ROOT.setLevel(Level.ALL);
  }

  @AfterEach
  void thePasswordIsNeverLogged() {
    ROOT.setLevel(Level.INFO);
    ROOT.removeHandler(log);
    assertThat(log.lines).noneMatch(line -> line.contains(Postgres.PASSWORD));
  }

  @AfterEach
  void stop() {
    services.forEach(ReferenceService::close);
  }

  private static ReferenceServiceBuilder builder(String url) {
    return ReferenceService.builder()
        .dataFolder(home)
        .sampleSize(new SampleSize(Map.of("nlst", 3), 3000))
        .stateUrl(url);
  }

  private ReferenceService start() throws IOException {
    ReferenceService service = builder(url).start();
    services.add(service);
    assertThat(log.lines).isNotEmpty();
    return service;
  }

  private static JsonNode json(
      ReferenceService service, String method, String path, String body, String token)
      throws IOException, InterruptedException {
    return Http.json(Http.send(service.baseUrl(), method, path, body, token));
  }

  private static int save(ReferenceService service, String name, String token)
      throws IOException, InterruptedException {
    return json(service, "POST", "/cohorts", Http.COHORT.formatted(name), token)
        .at("/cohort_properties/cohort_id")
        .asInt();
  }

  private static List<String> names(ReferenceService service, String token)
      throws IOException, InterruptedException {
    return json(service, "GET", "/cohorts", null, token)
        .get("cohorts")
        .valueStream()
        .map(cohort -> cohort.get("name").asString())
        .toList();
  }

  @Test
  void replicasShareAccountsCohortsAndTokens() throws IOException, InterruptedException {
    ReferenceService one = start();
    ReferenceService other = start();
    String token = one.issueToken(ALICE);

    int id = save(one, "first", token);
    assertThat(save(other, "é ' \\\" 漢", token)).isGreaterThan(id);

    assertThat(names(one, token)).containsExactly("first", "é ' \" 漢");
    json(other, "DELETE", "/cohorts/" + id, null, token);
    assertThat(names(one, token)).containsExactly("é ' \" 漢");
    assertThat(json(one, "GET", "/users/account_details", null, token))
        .isEqualTo(json(other, "GET", "/users/account_details", null, token));
  }

  @Test
  void aPageTokenOfAnotherReplicaIsValidButItsResultIsGone()
      throws IOException, InterruptedException {
    ReferenceService one = start();
    ReferenceService other = start();
    JsonNode page =
        json(
            one,
            "POST",
            "/cohorts/manifest/preview?SOPInstanceUID=True&page_size=5",
            Http.COHORT.formatted("n"),
            null);
    String next = "/cohorts/manifest/nextPage?next_page=" + page.get("next_page").asString();

    assertThat(Http.send(one.baseUrl(), "GET", next, null, null).statusCode()).isEqualTo(200);
    HttpResponse<String> gone = Http.send(other.baseUrl(), "GET", next, null, null);
    assertThat(gone.statusCode()).isEqualTo(400);
    assertThat(gone.body()).contains("The result of this next_page token is gone");
  }

  @Test
  void accountsCohortsAndIdTokensAreKeptAfterARestart() throws IOException, InterruptedException {
    ReferenceService first = start();
    String token = first.issueToken(ALICE);
    save(first, "kept", token);
    JsonNode account = json(first, "GET", "/users/account_details", null, token);
    first.close();

    ReferenceService second = start();

    assertThat(names(second, token)).containsExactly("kept");
    assertThat(json(second, "GET", "/users/account_details", null, token)).isEqualTo(account);
  }

  @Test
  void replicasCanStartAtTheSameTime()
      throws ExecutionException, IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<ReferenceService>> starting = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        starting.add(threads.submit(() -> builder(url).start()));
      }
      for (Future<ReferenceService> started : starting) {
        services.add(started.get());
      }
      String token = services.getFirst().issueToken(ALICE);
      assertThat(names(services.getLast(), token)).isEmpty();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void concurrentChangesMakeNoDuplicates()
      throws ExecutionException, IOException, InterruptedException {
    List<ReferenceService> replicas = List.of(start(), start());
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> saved = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        ReferenceService replica = replicas.get(i % 2);
        String user = "user" + i / 10 + "@example.org";
        saved.add(threads.submit(() -> save(replica, "c", replica.issueToken(user))));
      }
      Set<Integer> ids = new HashSet<>();
      for (Future<Integer> id : saved) {
        ids.add(id.get());
      }
      assertThat(ids).hasSize(100);
      Set<Integer> accounts = new HashSet<>();
      for (int i = 0; i < 10; i++) {
        String token = replicas.get(0).issueToken("user" + i + "@example.org");
        accounts.add(
            json(replicas.get(1), "GET", "/users/account_details", null, token)
                .at("/user_details/id")
                .asInt());
        assertThat(names(replicas.get(1), token)).hasSize(10);
      }
      assertThat(accounts).hasSize(10);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whileTheDatabaseIsDownOnlyAccountsAndCohortsAreUnavailable()
      throws IOException, InterruptedException {
    ReferenceService service = start();
    String token = service.issueToken(ALICE);
    save(service, "kept", token);
    postgres.stop();
    try {
      for (int i = 0; i < 20; i++) {
        HttpResponse<String> cohorts = Http.send(service.baseUrl(), "GET", "/cohorts", null, token);
        assertThat(cohorts.statusCode()).as(cohorts.body()).isEqualTo(503);
        assertThat(cohorts.headers().firstValue("Retry-After")).hasValue("5");
      }
      assertThat(
              Http.send(service.tokenUrl(), "POST", "", "{\"email\":\"b@example.org\"}", null)
                  .statusCode())
          .isEqualTo(503);
      json(service, "GET", "/about", null, null);
      json(
          service,
          "POST",
          "/cohorts/manifest/preview?SOPInstanceUID=True",
          Http.COHORT.formatted("n"),
          token);
    } finally {
      postgres.resume();
    }

    HttpResponse<String> recovered;
    do {
      recovered = Http.send(service.baseUrl(), "GET", "/cohorts", null, token);
    } while (recovered.statusCode() == 503);
    assertThat(names(service, token)).containsExactly("kept");
    assertThat(log.lines)
        .anyMatch(line -> line.contains("Cannot reach PostgreSQL at 127.0.0.1"))
        .anyMatch(line -> line.contains("Can reach PostgreSQL at 127.0.0.1"));
  }

  @Test
  void aDatabaseThatDoesNotRespondDelaysOnlyAccountsAndCohorts()
      throws IOException, InterruptedException, SQLException {
    ReferenceService service = start();
    String token = service.issueToken(ALICE);
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    // DriverManager would log the URL with the password.
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    try (Connection other = source.getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE idc4j.cohort IN ACCESS EXCLUSIVE MODE");
      for (int i = 0; i < 100; i++) {
        waiting.add(Http.get(service.baseUrl(), "/cohorts", token));
      }
      long waitingConnections;
      do {
        try (ResultSet count =
            statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
          count.next();
          waitingConnections = count.getLong(1);
        }
      } while (waitingConnections == 0);

      json(service, "GET", "/about", null, null);

      assertThat(waiting).noneMatch(CompletableFuture::isDone);
    }
    for (CompletableFuture<HttpResponse<String>> response : waiting) {
      assertThat(response.join().statusCode()).isIn(200, 503);
    }
  }

  @Test
  void aDatabaseThatIsDownAtTheStartIsReported() throws IOException, InterruptedException {
    postgres.stop();
    try {
      assertThat(refusal(url))
          .contains("Cannot use the state in PostgreSQL at 127.0.0.1:", "refused", "--state");
    } finally {
      postgres.resume();
    }
  }

  @Test
  void aWrongPasswordIsReportedWithoutThePassword() {
    assertThat(refusal(postgres.url("postgres", "another-" + Postgres.PASSWORD)))
        .contains("password authentication failed");
  }

  @Test
  void aMissingDatabaseIsReported() {
    assertThat(refusal(postgres.url("absent", Postgres.PASSWORD)))
        .contains("database \"absent\" does not exist");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://user:" + Postgres.PASSWORD + "@127.0.0.1/db",
        "jdbc:postgresql://127.0.0.1:port/db?password=" + Postgres.PASSWORD,
        "jdbc:postgresql:/" + Postgres.PASSWORD,
        "jdbc:postgresql://127.0.0.1?password=" + Postgres.PASSWORD,
        "jdbc:postgresql://127.0.0.1/db?password=%zz" + Postgres.PASSWORD
      })
  void anInvalidUrlIsReportedWithoutIt(String invalid) {
    assertThat(refusal(invalid)).contains("is not valid", "jdbc:postgresql://host:5432/database");
  }

  /** Returns the message of a start that fails. No part of the exception has the password. */
  private static String refusal(String url) {
    StateException refused =
        catchThrowableOfType(StateException.class, () -> builder(url).start().close());
    StringWriter trace = new StringWriter();
    refused.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain(Postgres.PASSWORD);
    assertThat(refused.getMessage()).hasLineCount(1);
    return refused.getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\u0000b", "a\\ud800b"})
  void aTextThatPostgresCannotStoreIsRefused(String name) throws IOException, InterruptedException {
    ReferenceService service = start();
    String token = service.issueToken(ALICE);

    HttpResponse<String> refused =
        Http.send(service.baseUrl(), "POST", "/cohorts", Http.COHORT.formatted(name), token);

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    URI tokens = service.tokenUrl();
    assertThat(
            Http.send(tokens, "POST", "", "{\"email\":\"a\\u0000@example.org\"}", null)
                .statusCode())
        .isNotEqualTo(500);
  }
}
