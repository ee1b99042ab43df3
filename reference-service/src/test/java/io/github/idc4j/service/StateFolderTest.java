package io.github.idc4j.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.idc4j.service.auth.KeyFileException;
import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.query.QueryLimits;
import io.github.idc4j.service.query.ResultLimits;
import io.github.idc4j.service.state.StateException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests what a service with a state folder keeps after a restart. */
@Timeout(120)
@Tag("slow")
class StateFolderTest {

  private static final String ALICE = "alice@example.org";
  private static final String GONE =
      "The result of this next_page token is gone; begin again with a first page.";
  private static final Duration LIFETIME = Duration.ofHours(1);

  @TempDir static Path home;
  @TempDir Path folder;

  private final MovableClock clock = new MovableClock();
  private Path state;
  private ReferenceService service;

  private ReferenceServiceBuilder builder() {
    state = folder.resolve("state");
    return ReferenceService.builder()
        .dataFolder(home)
        .sampleSize(new SampleSize(Map.of("nlst", 3, "tcga_luad", 2), 5000))
        .resultLifetime(LIFETIME)
        .clock(clock)
        .stateFolder(state);
  }

  private void restart(ReferenceServiceBuilder builder) throws IOException {
    stop();
    service = builder.start();
  }

  @AfterEach
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  private static JsonNode json(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JsonMapper.shared().readTree(response.body());
  }

  private HttpResponse<String> send(String method, String path, String body, String token) {
    return Http.send(
        method, service.baseUrl() + path, body == null ? null : "application/json", body, token);
  }

  /** Begins a walk over instances. */
  private JsonNode begin(String collection, int pageSize, String token) {
    return json(
        send(
            "POST",
            "/cohorts/manifest/preview?SOPInstanceUID=True&page_size=" + pageSize,
            "{\"name\":\"n\",\"description\":\"\",\"filters\":{\"collection_id\":[\"%s\"]}}"
                .formatted(collection),
            token),
        200);
  }

  private HttpResponse<String> next(JsonNode page, int pageSize, String token) {
    return send(
        "GET",
        "/cohorts/manifest/nextPage?page_size="
            + pageSize
            + "&next_page="
            + page.get("next_page").asString(),
        null,
        token);
  }

  private static List<String> rows(JsonNode page) {
    return page.at("/manifest/json_manifest")
        .valueStream()
        .map(row -> row.get("SOPInstanceUID").asString())
        .toList();
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(state.resolve("results"))) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }

  /** Waits until results are stored completely. */
  private void awaitStored(int results) throws IOException, InterruptedException {
    while (files(".rows").size() != results || !files(".unfinished").isEmpty()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void aWalkContinuesAfterRestarts() throws IOException, InterruptedException {
    restart(builder());
    String token = service.issueToken(ALICE);
    JsonNode page = begin("nlst", 700, token);
    List<String> rows = new ArrayList<>(rows(page));
    awaitStored(1);
    while (!page.get("next_page").asString().isEmpty()) {
      restart(builder());
      page = json(next(page, 700, token), 200);
      rows.addAll(rows(page));
    }

    List<String> expected = new ArrayList<>(rows(begin("nlst", 10_000, token)));
    assertThat(rows).isEqualTo(expected).hasSizeGreaterThan(2000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcga_luad", "nlst"})
  void aTokenCanBeReplayedAfterARestart(String collection)
      throws IOException, InterruptedException {
    restart(builder());
    JsonNode page = begin(collection, 1, null);
    String second = json(next(page, 5, null), 200).toString();
    awaitStored(1);

    restart(builder());

    List<String> rows = rows(JsonMapper.shared().readTree(second));
    assertThat(rows(json(next(page, 5, null), 200))).isEqualTo(rows).hasSize(5);
    assertThat(next(page, 5, service.issueToken(ALICE)).statusCode()).isEqualTo(400);
  }

  @Test
  void newWalksDoNotUseOldResults() throws IOException, InterruptedException {
    restart(builder());
    begin("nlst", 1, null);
    awaitStored(1);

    restart(builder());
    begin("nlst", 1, null);

    awaitStored(2);
  }

  @Test
  void resultsExpireAfterARestartAsBefore() throws IOException, InterruptedException {
    restart(builder());
    JsonNode early = begin("nlst", 1, null);
    JsonNode shared = begin("tcga_luad", 1, null);
    awaitStored(2);
    clock.advance(LIFETIME.minusMinutes(1));
    begin("tcga_luad", 1, null);

    restart(builder());
    assertThat(next(early, 1, null).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(2));

    assertThat(json(next(early, 1, null), 400).get("message").asString()).isEqualTo(GONE);
    assertThat(next(shared, 1, null).statusCode()).isEqualTo(200);
    restart(builder());
    assertThat(next(shared, 1, null).statusCode()).isEqualTo(200);
    assertThat(files(".rows")).hasSize(1);
  }

  @Test
  void limitsApplyToResultsOfEarlierProcesses() throws IOException, InterruptedException {
    restart(builder());
    JsonNode first = begin("nlst", 1, null);
    awaitStored(1);
    long bytes = Files.size(files(".rows").get(0));
    clock.advance(Duration.ofSeconds(1));
    JsonNode second = begin("tcga_luad", 1, null);
    awaitStored(2);

    restart(
        builder()
            .limits(
                new Limits(
                    Limits.standard().requests(),
                    QueryLimits.standard(),
                    new ResultLimits(10, 10, 100_000, bytes))));

    assertThat(files(".rows")).hasSize(1);
    assertThat(json(next(first, 1, null), 400).get("message").asString()).isEqualTo(GONE);
    assertThat(next(second, 1, null).statusCode()).isEqualTo(200);
  }

  @Test
  void unfinishedFilesAreDeletedAndOtherFilesRemain() throws IOException {
    restart(builder());
    stop();
    Path results = state.resolve("results");
    Path unfinished =
        Files.createFile(results.resolve("6a1f1d6e-0000-4000-8000-000000000000.rows.unfinished"));
    Path other = Files.createFile(results.resolve("notes.txt"));

    restart(builder());

    assertThat(unfinished).doesNotExist();
    assertThat(other).exists();
  }

  @ParameterizedTest
  @CsvSource({"index, true", "end, true", "empty, true", "block, false"})
  void aDamagedResultIsDeletedAndItsTokensAreGone(String part, boolean atStart)
      throws IOException, InterruptedException {
    restart(builder());
    JsonNode page = begin("nlst", 1, null);
    JsonNode sound = begin("tcga_luad", 1, null);
    awaitStored(2);
    stop();
    Path damaged =
        Files.size(files(".rows").get(0)) > Files.size(files(".rows").get(1))
            ? files(".rows").get(0)
            : files(".rows").get(1);
    damage(damaged, part);

    restart(builder());

    assertThat(Files.exists(damaged)).isEqualTo(!atStart);
    assertThat(json(next(page, 10, null), 400).get("message").asString()).isEqualTo(GONE);
    assertThat(json(next(page, 10, null), 400).get("message").asString()).isEqualTo(GONE);
    assertThat(damaged).doesNotExist();
    assertThat(next(sound, 1, null).statusCode()).isEqualTo(200);
  }

  private static void damage(Path file, String part) throws IOException {
    byte[] content = Files.readAllBytes(file);
    switch (part) {
      case "index" -> content[content.length - 33] ^= 1;
      case "block" -> content[100] ^= 1;
      case "end" -> content = Arrays.copyOf(content, content.length - 1);
      default -> content = new byte[0];
    }
    Files.write(file, content);
  }

  @Test
  void aNewWalkReplacesADamagedResult() throws IOException, InterruptedException {
    restart(builder());
    JsonNode page = begin("nlst", 1, null);
    awaitStored(1);
    damage(files(".rows").get(0), "block");

    assertThat(json(next(page, 10, null), 400).get("message").asString()).isEqualTo(GONE);

    JsonNode again = begin("nlst", 1, null);
    assertThat(rows(again)).isEqualTo(rows(page));
    assertThat(next(again, 10, null).statusCode()).isEqualTo(200);
  }

  @Test
  void accountsCohortsAndIdTokensAreKept() throws IOException {
    restart(builder());
    String token = service.issueToken(ALICE);
    List<Integer> ids =
        IntStream.range(0, 3)
            .map(
                i ->
                    json(
                            send(
                                "POST",
                                "/cohorts",
                                "{\"name\":\"c%d\",\"description\":\"\",\"filters\":{}}"
                                    .formatted(i),
                                token),
                            200)
                        .at("/cohort_properties/cohort_id")
                        .asInt())
            .boxed()
            .toList();
    json(send("DELETE", "/cohorts/" + ids.get(2), null, token), 200);
    String account = send("GET", "/users/account_details", null, token).body();

    restart(builder());

    JsonNode cohorts = json(send("GET", "/cohorts", null, token), 200).get("cohorts");
    assertThat(cohorts.valueStream().map(cohort -> cohort.get("cohort_id").asInt()))
        .containsExactly(ids.get(0), ids.get(1));
    assertThat(send("GET", "/users/account_details", null, token).body()).isEqualTo(account);
    JsonNode saved =
        json(
            send("POST", "/cohorts", "{\"name\":\"d\",\"description\":\"\",\"filters\":{}}", token),
            200);
    assertThat(saved.at("/cohort_properties/cohort_id").asInt()).isGreaterThan(ids.get(2));
  }

  @Test
  void aDeletionOfSeveralCohortsReportsARepeatedIdAsDeleted() throws IOException {
    restart(builder());
    String token = service.issueToken(ALICE);
    String definition = "{\"name\":\"c\",\"description\":\"\",\"filters\":{}}";
    int id =
        json(send("POST", "/cohorts", definition, token), 200)
            .at("/cohort_properties/cohort_id")
            .asInt();

    JsonNode deleted =
        json(send("DELETE", "/cohorts", "{\"cohorts\":[%d,%d]}".formatted(id, id), token), 200);

    assertThat(deleted.at("/cohorts/0/result/notes").asString()).contains("has been deleted");
    assertThat(deleted.at("/cohorts/1/result/message").asString()).contains("already be deleted");
    assertThat(json(send("GET", "/cohorts", null, token), 200).get("cohorts")).isEmpty();
  }

  @Test
  void concurrentSignInsAndSavesMakeNoDuplicates()
      throws ExecutionException, IOException, InterruptedException {
    restart(builder());
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<String>> tokens =
          IntStream.range(0, 80)
              .mapToObj(i -> threads.submit(() -> service.issueToken("u" + i / 8 + "@example.org")))
              .toList();
      List<Future<Integer>> ids = new ArrayList<>();
      for (Future<String> token : tokens) {
        String bearer = token.get();
        ids.add(
            threads.submit(
                () ->
                    json(
                            send(
                                "POST",
                                "/cohorts",
                                "{\"name\":\"c\",\"description\":\"\",\"filters\":{}}",
                                bearer),
                            200)
                        .at("/cohort_properties/cohort_id")
                        .asInt()));
      }
      List<Integer> found = new ArrayList<>();
      for (Future<Integer> id : ids) {
        found.add(id.get());
      }
      assertThat(found).doesNotHaveDuplicates().hasSize(80);
      List<Integer> accounts = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        accounts.add(
            json(send("GET", "/users/account_details", null, tokens.get(8 * i).get()), 200)
                .at("/user_details/id")
                .asInt());
      }
      assertThat(accounts).doesNotHaveDuplicates();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theKeyFileReplacesTheKeysOfTheFolder() throws IOException {
    Path keys = folder.resolve("other-keys");
    restart(builder().keyFile(keys));
    String token = service.issueToken(ALICE);

    restart(builder());
    assertThat(send("GET", "/cohorts", null, token).statusCode()).isEqualTo(401);
    restart(builder().keyFile(keys));
    assertThat(send("GET", "/cohorts", null, token).statusCode()).isEqualTo(200);
  }

  @Test
  void aFolderThatOtherUsersCanUseIsRefused() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x---"));

    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> builder().stateFolder(open).start())
        .withMessageContaining("Run: chmod 700 " + open);
    assertThat(open).isEmptyDirectory();
  }

  @Test
  void aSecondServiceCannotUseTheFolderUntilTheFirstStops() throws IOException {
    restart(builder());
    URI first = service.baseUrl();

    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> builder().start())
        .withMessageContainingAll("Another service uses", state.toString());

    assertThat(Http.send("GET", first + "/about", null, null, null).statusCode()).isEqualTo(200);
    restart(builder());
  }

  @Test
  void theFolderIsForItsOwnerOnly() throws IOException {
    restart(builder());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
        .isEqualTo("rwx------");
  }

  @Test
  void aFolderWithOtherFilesIsRefused() throws IOException {
    Path notes =
        Files.createFile(Files.createDirectories(folder.resolve("state")).resolve("notes.txt"));

    assertRefused("is not a state folder");

    assertThat(notes).exists();
    assertThat(state).isDirectoryContaining(notes::equals).isDirectoryNotContaining("glob:**keys");
  }

  @Test
  void aFileIsRefused() throws IOException {
    Files.createFile(folder.resolve("state"));

    assertRefused("is a file");
  }

  @Test
  void aLinkToNoFolderIsRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("state"), folder.resolve("none"));

    assertRefused("is a symbolic link to a folder that does not exist");
  }

  @Test
  void aFolderOfANewerVersionIsRefused() throws IOException {
    Path newer = Files.createDirectory(folder.resolve("state"));
    Files.setPosixFilePermissions(newer, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(newer.resolve("idc4j-state"), "2\n");

    assertRefused("newer version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "cut", "other"})
  void damagedAccountsAreReported(String damage) throws IOException, SQLException {
    restart(builder());
    service.issueToken(ALICE);
    stop();
    Path accounts = state.resolve("accounts.duckdb");
    switch (damage) {
      case "text" -> Files.writeString(accounts, "not a database");
      case "cut" -> {
        try (FileChannel channel = FileChannel.open(accounts, StandardOpenOption.WRITE)) {
          channel.truncate(channel.size() / 2);
        }
      }
      default -> {
        Files.delete(accounts);
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + accounts);
            var statement = connection.createStatement()) {
          statement.execute("CREATE TABLE account (id INTEGER)");
        }
      }
    }

    assertRefused("accounts.duckdb");
  }

  @Test
  void damagedKeysAreReported() throws IOException {
    restart(builder());
    stop();
    Files.write(state.resolve("keys"), new byte[1]);

    assertThatExceptionOfType(KeyFileException.class)
        .isThrownBy(() -> builder().start())
        .withMessageContaining(state.resolve("keys").toString());
    Files.delete(state.resolve("keys"));
    restart(builder());
  }

  private void assertRefused(String reason) {
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> builder().start())
        .withMessageContainingAll(reason, folder.resolve("state").toString(), "hoose");
  }
}
