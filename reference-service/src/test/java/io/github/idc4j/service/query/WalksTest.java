package io.github.idc4j.service.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.idc4j.service.MovableClock;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.engine.Dialect;
import io.github.idc4j.service.engine.DuckDbEngine;
import io.github.idc4j.service.engine.EngineRows;
import io.github.idc4j.service.engine.Query;
import io.github.idc4j.service.engine.QueryEngine;
import io.github.idc4j.service.engine.Sql;
import io.github.idc4j.service.result.PageRows;
import io.github.idc4j.service.result.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class WalksTest {

  private static final Duration LIFETIME = Duration.ofHours(24);

  private static final String USER = "user";

  /** A query with so many rows that its result needs a file. */
  private static final Sql LARGE =
      new Sql("SELECT i::VARCHAR AS n FROM range(?) r(i)", List.of(10_000));

  /** A query that runs for hours. */
  private static final Sql ENDLESS =
      new Sql(
          "SELECT count(*) AS n FROM range(10000000) a(i), range(10000000) b(j)"
              + " WHERE hash(i, j) % 7 = 1",
          List.of());

  @TempDir static Path home;

  private final MovableClock clock = new MovableClock();
  private Database database;
  private Walks walks;

  @BeforeEach
  void open() throws IOException, SQLException {
    database =
        Database.open(new Catalogue(), List.of(), home, 1, new SampleSize(Map.of("nlst", 3), 100));
    walks = walks(Duration.ofMinutes(1));
  }

  @AfterEach
  void close() throws IOException, SQLException {
    walks.close();
    database.close();
  }

  private Walks walks(Duration wait) throws IOException, SQLException {
    return new Walks(
        new DuckDbEngine(database, Optional.empty()),
        clock,
        LIFETIME,
        wait,
        QueryLimits.standard(),
        ResultLimits.standard(),
        Optional.empty());
  }

  private Walks walks(QueryEngine engine) throws IOException {
    return new Walks(
        engine,
        clock,
        LIFETIME,
        Duration.ofMinutes(1),
        QueryLimits.standard(),
        ResultLimits.standard(),
        Optional.empty());
  }

  private Walks walks(ResultLimits limits) throws IOException, SQLException {
    return new Walks(
        new DuckDbEngine(database, Optional.empty()),
        clock,
        LIFETIME,
        Duration.ofMinutes(1),
        QueryLimits.standard(),
        limits,
        Optional.empty());
  }

  private static Sql number(int n) {
    return new Sql("SELECT ?::VARCHAR AS n", List.of(n));
  }

  private String rows(UUID walk) throws IOException, InterruptedException, SQLException {
    try (Result.Reader rows = reader(walk)) {
      return rows(rows);
    }
  }

  /** Waits for a moment. Ends when the time limit of the test has passed. */
  private static void spin() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Thread.onSpinWait();
  }

  private Optional<Outcome> await(UUID walk) throws InterruptedException {
    return walks.await(walk, 0, 1000).join();
  }

  private Result.Reader reader(UUID walk) throws InterruptedException {
    return ((Outcome.Finished) await(walk).orElseThrow()).rows();
  }

  private static String rows(Result.Reader rows) throws IOException, SQLException {
    StringBuilder out = new StringBuilder();
    PageRows read = rows.read(0, rows.count());
    for (Optional<ByteBuffer> some = read.next(); some.isPresent(); some = read.next()) {
      out.append(StandardCharsets.UTF_8.decode(some.get()));
    }
    return out.toString();
  }

  @Test
  void equalQueriesShareOneResultAndOthersDoNot()
      throws IOException, InterruptedException, SQLException {
    UUID first = walks.begin(number(1), USER, 0);

    assertThat(walks.begin(number(1), USER, 0)).isEqualTo(first);
    assertThat(walks.begin(number(2), USER, 0)).isNotEqualTo(first);
    assertThat(rows(first)).isEqualTo("{\"n\":\"1\"}");
  }

  @Test
  void eachWalkHasItsOwnUnfinishedWaitsThoughTheResultIsShared()
      throws IOException, InterruptedException, SQLException {
    UUID slow = walks.begin(number(1), USER, 1);
    UUID other = walks.begin(number(1), USER, 1);

    assertThat(await(slow)).containsInstanceOf(Outcome.Unfinished.class);
    assertThat(rows(slow)).isEqualTo("{\"n\":\"1\"}");
    assertThat(await(other)).containsInstanceOf(Outcome.Unfinished.class);
    assertThat(rows(walks.begin(number(1), USER, 0))).isEqualTo("{\"n\":\"1\"}");
  }

  @Test
  void aResultLivesOnWithTheLastWalkThatBegan()
      throws IOException, InterruptedException, SQLException {
    UUID walk = walks.begin(number(1), USER, 0);
    assertThat(rows(walk)).isNotEmpty();

    clock.advance(LIFETIME);
    walks.begin(number(1), USER, 0);
    clock.advance(LIFETIME);
    assertThat(rows(walk)).isNotEmpty();

    clock.advance(Duration.ofSeconds(1));
    assertThat(await(walk)).isEmpty();
    assertThat(walks.begin(number(1), USER, 0)).isNotEqualTo(walk);
  }

  @Test
  void theLeastRecentlyUsedResultIsDeletedIfThereAreTooMany()
      throws IOException, InterruptedException, SQLException {
    walks.close();
    walks = walks(new ResultLimits(3, 3, 10, 1000));
    UUID first = walks.begin(number(0), USER, 0);
    UUID second = walks.begin(number(1), USER, 0);
    UUID third = walks.begin(number(2), USER, 0);
    // Both a wait and a new walk count as use of a result.
    assertThat(rows(first)).isEqualTo("{\"n\":\"0\"}");
    walks.begin(number(2), USER, 0);

    walks.begin(number(3), USER, 0);

    assertThat(await(second)).isEmpty();
    assertThat(rows(first)).isEqualTo("{\"n\":\"0\"}");
    assertThat(rows(third)).isEqualTo("{\"n\":\"2\"}");
  }

  @Test
  void aUserWithTooManyResultsLosesOnlyOwnOnes()
      throws IOException, InterruptedException, SQLException {
    walks.close();
    walks = walks(new ResultLimits(100, 2, 10, 1000));
    UUID other = walks.begin(number(0), "other", 0);
    UUID shared = walks.begin(number(1), "other", 0);
    assertThat(walks.begin(number(1), USER, 0)).isEqualTo(shared);
    UUID own = walks.begin(number(2), USER, 0);

    walks.begin(number(3), USER, 0);
    walks.begin(number(4), USER, 0);

    assertThat(await(own)).isEmpty();
    assertThat(rows(other)).isEqualTo("{\"n\":\"0\"}");
    assertThat(rows(shared)).isEqualTo("{\"n\":\"1\"}");
  }

  @Test
  void failedResultsDoNotReplaceOthers() throws IOException, InterruptedException, SQLException {
    walks.close();
    walks = walks(new ResultLimits(2, 100, 10, 1000));
    UUID good = walks.begin(number(1), USER, 0);
    assertThat(rows(good)).isEqualTo("{\"n\":\"1\"}");
    List<UUID> failed = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      failed.add(walks.begin(failing("no number " + i), USER, 0));
      assertThat(await(failed.get(i))).containsInstanceOf(Outcome.Failed.class);
    }

    walks.begin(number(2), USER, 0);

    assertThat(rows(good)).isEqualTo("{\"n\":\"1\"}");
    // Failed results have the same limit.
    assertThat(await(failed.get(1))).isEmpty();
    assertThat(await(failed.get(2))).containsInstanceOf(Outcome.Failed.class);
    assertThat(await(failed.get(3))).containsInstanceOf(Outcome.Failed.class);
  }

  private static Sql failing(String value) {
    return new Sql("SELECT CAST(? AS INTEGER) AS n", List.of(value));
  }

  @Test
  void theQueryOfADeletedResultIsCanceled() throws InterruptedException, IOException, SQLException {
    walks.close();
    DuckDbEngine duckDb = new DuckDbEngine(database, Optional.empty());
    RecordingEngine engine = new RecordingEngine(duckDb);
    walks =
        new Walks(
            engine,
            clock,
            LIFETIME,
            Duration.ofMinutes(1),
            QueryLimits.standard(),
            new ResultLimits(9, 1, 10, 1000),
            Optional.empty());
    UUID running = walks.begin(ENDLESS, USER, 0);
    engine.started.await();
    CompletableFuture<Optional<Outcome>> waiting = walks.await(running, 0, 1000);

    UUID next = walks.begin(number(1), USER, 0);

    // The engine runs one query at a time, so this one runs only if the other one has ended.
    assertThat(rows(next)).isEqualTo("{\"n\":\"1\"}");
    assertThat(waiting.join()).isEmpty();
    assertThat(await(running)).isEmpty();
    assertThat(engine.ran).containsExactly(ENDLESS, number(1));
  }

  @Test
  void aQueryThatWaitsIsNotRunIfItsResultIsDeleted()
      throws InterruptedException, IOException, SQLException {
    walks.close();
    RecordingEngine engine = new RecordingEngine(new DuckDbEngine(database, Optional.empty()));
    walks =
        new Walks(
            engine,
            clock,
            LIFETIME,
            Duration.ofMinutes(1),
            QueryLimits.standard(),
            new ResultLimits(2, 9, 10, 1000),
            Optional.empty());
    UUID running = walks.begin(ENDLESS, USER, 0);
    engine.started.await();
    walks.begin(number(1), USER, 0);
    walks.begin(ENDLESS, USER, 0);

    walks.begin(number(2), USER, 0);
    UUID last = walks.begin(number(3), USER, 0);

    assertThat(rows(last)).isEqualTo("{\"n\":\"3\"}");
    assertThat(await(running)).isEmpty();
    assertThat(engine.ran).doesNotContain(number(1)).endsWith(number(3));
  }

  @Test
  void theStatisticsCountQueriesAndResults()
      throws InterruptedException, IOException, SQLException {
    walks.close();
    RecordingEngine engine = new RecordingEngine(new DuckDbEngine(database, Optional.empty()));
    walks =
        new Walks(
            engine,
            clock,
            LIFETIME,
            Duration.ofMinutes(1),
            QueryLimits.standard(),
            new ResultLimits(9, 9, 10, 1000),
            Optional.empty());
    assertThat(walks.statistics()).isEqualTo(new QueryStatistics(0, 0, 0, 0));

    walks.begin(ENDLESS, USER, 0);
    engine.started.await();
    walks.begin(number(1), USER, 0);
    walks.begin(number(2), "other", 0);

    assertThat(walks.statistics()).isEqualTo(new QueryStatistics(1, 2, 3, 0));
  }

  /** An engine that runs one query at a time, and records the queries. */
  private static final class RecordingEngine implements QueryEngine {

    private final QueryEngine engine;
    private final CountDownLatch started = new CountDownLatch(1);
    private final List<Query> ran = new CopyOnWriteArrayList<>();

    private RecordingEngine(QueryEngine engine) {
      this.engine = engine;
    }

    @Override
    public Dialect dialect() {
      return engine.dialect();
    }

    @Override
    public int concurrency() {
      return 1;
    }

    @Override
    public EngineRows run(UUID id, Query query) throws SQLException {
      ran.add(query);
      started.countDown();
      return engine.run(id, query);
    }

    @Override
    public Optional<EngineRows> find(UUID id) throws SQLException {
      return engine.find(id);
    }

    @Override
    public boolean cancel(UUID id) {
      return engine.cancel(id);
    }

    @Override
    public void close() {}
  }

  @Test
  void aResultWithTooManyRowsIsRefused() throws IOException, InterruptedException, SQLException {
    walks.close();
    walks = walks(new ResultLimits(100, 100, 9_999, 1000));

    assertThat(await(walks.begin(LARGE, USER, 0)))
        .contains(
            new Outcome.Refused(
                "The result has 10,000 rows, but this service allows 9,999. Add filters or use fewer"
                    + " columns."));
  }

  @Test
  void resultsAreDeletedBeyondTheBytesOnDisk()
      throws IOException, InterruptedException, SQLException {
    walks.close();
    walks = walks(new ResultLimits(200, 200, 10_000, 1));
    UUID first = walks.begin(LARGE, USER, 0);
    for (Optional<Outcome> outcome = await(first); outcome.isPresent(); outcome = await(first)) {
      ((Outcome.Finished) outcome.get()).rows().close();
    }
    while (!files(first).isEmpty()) {
      spin();
    }

    // A small result has no file, so this limit does not affect it.
    assertThat(rows(walks.begin(number(2), USER, 0))).isEqualTo("{\"n\":\"2\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 5000})
  void aResultThatCannotBeStoredStaysInMemory(int count, @TempDir Path temporary)
      throws IOException, InterruptedException, SQLException {
    walks.close();
    String before = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", temporary.toString());
    try {
      walks = walks(Duration.ofMinutes(1));
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
    PathUtils.delete(temporary);

    Sql query =
        new Sql(
            "SELECT repeat(i::VARCHAR, 1000) AS n FROM range(?::INTEGER) AS t(i)", List.of(count));

    assertThat(rows(walks.begin(query, USER, 0)).split("\\},")).hasSize(count);
  }

  @Test
  void aPageInProgressIsCompleteThoughItsResultIsDeleted()
      throws IOException, InterruptedException, SQLException {
    walks.close();
    walks = walks(new ResultLimits(1, 1, 10_000, 1_000_000));
    UUID walk = walks.begin(LARGE, USER, 0);
    try (Result.Reader reader = reader(walk)) {
      walks.begin(number(1), USER, 0);

      assertThat(await(walk)).isEmpty();
      assertThat(rows(reader)).startsWith("{\"n\":\"0\"}").endsWith("{\"n\":\"9999\"}");
    }
  }

  @Test
  void aFailedQueryTellsSoAndIsTriedAgain() throws IOException, InterruptedException, SQLException {
    Sql failing = failing("no number");
    UUID walk = walks.begin(failing, USER, 0);

    assertThat(await(walk))
        .containsInstanceOf(Outcome.Failed.class)
        .get()
        .extracting(failed -> ((Outcome.Failed) failed).reason())
        .asString()
        .contains("no number");
    assertThat(walks.begin(failing, USER, 0)).isNotEqualTo(walk);
    assertThat(rows(walks.begin(number(1), USER, 0))).isNotEmpty();
  }

  @Test
  void aWalkThatNobodyKnowsIsGone() throws InterruptedException {
    assertThat(await(UUID.randomUUID())).isEmpty();
  }

  @Test
  @Timeout(60)
  void theFileOfAnExpiredResultIsDeletedWhenItsTokenIsUsed()
      throws IOException, InterruptedException, SQLException {
    UUID walk = walks.begin(LARGE, USER, 0);
    reader(walk).close();
    while (files(walk).isEmpty()) {
      spin();
    }

    clock.advance(LIFETIME.plusSeconds(1));
    assertThat(await(walk)).isEmpty();
    walks.begin(LARGE, USER, 0);

    while (!files(walk).isEmpty()) {
      spin();
    }
  }

  @Test
  void anExpiredResultIsReplacedAndItsFileDeleted()
      throws IOException, InterruptedException, SQLException {
    UUID walk = walks.begin(LARGE, USER, 0);
    try (Result.Reader reader = reader(walk)) {
      assertThat(reader.count()).isEqualTo(10_000);
    }
    while (files(walk).isEmpty()) {
      spin();
    }

    clock.advance(LIFETIME.plusSeconds(1));
    UUID next = walks.begin(LARGE, USER, 0);

    assertThat(next).isNotEqualTo(walk);
    assertThat(await(walk)).isEmpty();
    while (!files(walk).isEmpty()) {
      spin();
    }
  }

  private static List<Path> files(UUID walk) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path folder : folders()) {
      Path file = folder.resolve(walk + ".rows");
      if (Files.exists(file)) {
        found.add(file);
      }
    }
    return found;
  }

  /** An engine whose rows other processes can find. */
  private static final class SharedEngine implements QueryEngine {

    private final QueryEngine engine;
    private final Map<UUID, Query> queries = new ConcurrentHashMap<>();
    private volatile boolean isFaulty;

    private SharedEngine(QueryEngine engine) {
      this.engine = engine;
    }

    @Override
    public Dialect dialect() {
      return engine.dialect();
    }

    @Override
    public int concurrency() {
      return 1;
    }

    @Override
    public EngineRows run(UUID id, Query query) throws SQLException {
      queries.put(id, query);
      if (isFaulty) {
        throw new SQLTransientException("connection lost");
      }
      return engine.run(id, query);
    }

    @Override
    public Optional<EngineRows> find(UUID id) throws SQLException {
      if (isFaulty) {
        throw new SQLException("connection lost");
      }
      Query query = queries.get(id);
      return query == null ? Optional.empty() : Optional.of(engine.run(id, query));
    }

    @Override
    public boolean cancel(UUID id) {
      return engine.cancel(id);
    }

    @Override
    public void close() {}
  }

  @Test
  void aWalkOfAnotherProcessIsFoundByTheEngine()
      throws IOException, InterruptedException, SQLException {
    SharedEngine engine = new SharedEngine(new DuckDbEngine(database, Optional.empty()));
    try (Walks one = walks(engine);
        Walks other = walks(engine)) {
      UUID walk = one.begin(number(1), USER, 0);
      assertThat(one.await(walk, 0, 1000).join()).containsInstanceOf(Outcome.Finished.class);

      engine.isFaulty = true;
      assertThat(other.await(walk, 0, 1000).join()).contains(new Outcome.Failed("connection lost"));
      engine.isFaulty = false;
      try (Result.Reader reader =
          ((Outcome.Finished) other.await(walk, 0, 1000).join().orElseThrow()).rows()) {
        assertThat(rows(reader)).isEqualTo("{\"n\":\"1\"}");
      }
      assertThat(other.await(UUID.randomUUID(), 0, 1000).join()).isEmpty();
    }
  }

  @Test
  void aQueryWhoseConnectionIsLostIsFoundByTheNextWait()
      throws IOException, InterruptedException, SQLException {
    SharedEngine engine = new SharedEngine(new DuckDbEngine(database, Optional.empty()));
    try (Walks one = walks(engine)) {
      // The wait fails either because the query fails, or because the search for its rows does.
      engine.isFaulty = true;
      UUID walk = one.begin(number(1), USER, 0);
      assertThat(one.await(walk, 0, 1000).join()).contains(new Outcome.Failed("connection lost"));

      engine.isFaulty = false;
      try (Result.Reader reader =
          ((Outcome.Finished) one.await(walk, 0, 1000).join().orElseThrow()).rows()) {
        assertThat(rows(reader)).isEqualTo("{\"n\":\"1\"}");
      }
    }
  }

  @Test
  void aQueryThatFailsStaysFailedThoughTheEngineCanFindIt()
      throws IOException, InterruptedException, SQLException {
    SharedEngine engine = new SharedEngine(new DuckDbEngine(database, Optional.empty()));
    try (Walks one = walks(engine)) {
      UUID walk = one.begin(failing("no number"), USER, 0);
      Optional<Outcome> first = one.await(walk, 0, 1000).join();
      engine.isFaulty = true;

      assertThat(first).containsInstanceOf(Outcome.Failed.class);
      assertThat(one.await(walk, 0, 1000).join()).isEqualTo(first);
    }
  }

  @Test
  void aSearchDoesNotWaitForTheQueriesThatRun()
      throws IOException, InterruptedException, SQLException {
    SharedEngine engine = new SharedEngine(new DuckDbEngine(database, Optional.empty()));
    try (Walks busy = walks(engine)) {
      busy.begin(ENDLESS, USER, 0);

      assertThat(busy.await(UUID.randomUUID(), 0, 1000).join()).isEmpty();
    }
  }

  @Test
  void aWaitThatIsTooShortEndsUnfinished() throws IOException, InterruptedException, SQLException {
    walks.close();
    walks = walks(Duration.ofMillis(1));
    UUID walk = walks.begin(ENDLESS, USER, 0);

    assertThat(await(walk)).containsInstanceOf(Outcome.Unfinished.class);
    assertThat(await(walk)).containsInstanceOf(Outcome.Unfinished.class);
  }

  @Test
  void closingEndsQueriesAndWaitsAndLeavesNoFile()
      throws IOException, InterruptedException, ExecutionException, SQLException {
    List<Path> before = folders();
    Walks closing = walks(Duration.ofMinutes(1));
    int more = 6;
    CountDownLatch waiting = new CountDownLatch(more);
    ExecutorService threads = Executors.newFixedThreadPool(more);
    try {
      List<Future<Optional<Outcome>>> outcomes =
          IntStream.range(0, more)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            Sql sql = new Sql(ENDLESS.text() + " AND i <> " + i, List.of());
                            UUID walk = closing.begin(sql, USER, 0);
                            waiting.countDown();
                            return closing.await(walk, 0, 1000).join();
                          }))
              .toList();
      waiting.await();
      assertThat(folders()).hasSize(before.size() + 1);

      closing.close();

      for (Future<Optional<Outcome>> outcome : outcomes) {
        assertThat(outcome.get()).containsInstanceOf(Outcome.Failed.class);
      }
      assertThat(folders()).isEqualTo(before);
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Path> folders() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("idc4j-rows-"))
          .sorted()
          .toList();
    }
  }

  private Walks walks(QueryLimits limits) throws IOException, SQLException {
    return new Walks(
        new DuckDbEngine(database, Optional.empty()),
        clock,
        LIFETIME,
        Duration.ofMinutes(1),
        limits,
        ResultLimits.standard(),
        Optional.empty());
  }

  private static Sql endless(int n) {
    return new Sql(ENDLESS.text() + " AND i <> ?", List.of(n));
  }

  @Test
  void aCallerHasALimitedNumberOfQueries() throws IOException, SQLException {
    walks.close();
    walks = walks(new QueryLimits(1, 9, 2, Duration.ofMinutes(1)));
    UUID running = walks.begin(endless(0), USER, 0);
    walks.begin(endless(1), USER, 0);

    assertThatThrownBy(() -> walks.begin(endless(2), USER, 0))
        .isInstanceOf(TooManyQueriesException.class)
        .hasMessageContaining("The caller has 2 queries");
    // A walk over a result that exists needs no query.
    assertThat(walks.begin(endless(0), USER, 0)).isEqualTo(running);
    walks.begin(endless(2), "other", 0);
  }

  @Test
  void theQueueHasALimitedLength() throws IOException, SQLException {
    walks.close();
    walks = walks(new QueryLimits(1, 2, 9, Duration.ofMinutes(1)));

    assertThatThrownBy(
            () -> {
              for (int n = 0; n < 4; n++) {
                walks.begin(endless(n), USER + n, 0);
              }
            })
        .isInstanceOf(TooManyQueriesException.class)
        .hasMessageContaining("2 queries wait");
  }

  @Test
  void aQueryThatRunsTooLongIsCanceledAndFreesItsPlace()
      throws IOException, SQLException, InterruptedException {
    walks.close();
    walks = walks(new QueryLimits(1, 9, 1, Duration.ofMillis(200)));
    UUID walk = walks.begin(ENDLESS, USER, 0);

    Optional<Outcome> outcome = walks.await(walk, 0, 1).join();

    assertThat(outcome).get().isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused) outcome.get()).reason()).contains("was canceled after");
    UUID next = beginWhenAllowed(number(1));
    assertThat(walks.await(next, 0, 1).join()).get().isInstanceOf(Outcome.Finished.class);
  }

  private UUID beginWhenAllowed(Sql query) throws InterruptedException {
    while (true) {
      try {
        return walks.begin(query, USER, 0);
      } catch (TooManyQueriesException e) {
        Thread.sleep(1);
      }
    }
  }
}
