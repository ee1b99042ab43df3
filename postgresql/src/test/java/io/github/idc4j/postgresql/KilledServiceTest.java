package io.github.idc4j.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.data.SampleSize;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Kills a service with {@code kill -9} at random moments while clients save and delete cohorts.
 * After each restart, no acknowledged change is lost, and each other change was made completely or
 * not at all.
 */
@Tag("slow")
class KilledServiceTest {

  /** The number of changes. Set it to 1000 with -Didc4j.kill.changes=1000. */
  private static final int CHANGES = Integer.getInteger("idc4j.kill.changes", 300);

  private static final int CHANGES_PER_START = 100;
  private static final int CLIENTS = 4;

  @TempDir static Path home;
  @TempDir Path folder;

  private final List<Process> processes = new ArrayList<>();

  /** Runs a service until the process is killed. */
  public static void main(String[] args) throws IOException, InterruptedException {
    ReferenceServiceBuilder builder =
        ReferenceService.builder()
            .dataFolder(Path.of(args[0]))
            .sampleSize(new SampleSize(Map.of("nlst", 3), 100));
    ReferenceService service =
        (args[1].startsWith("jdbc:")
                ? builder.stateUrl(args[1])
                : builder.stateFolder(Path.of(args[1])))
            .start();
    System.out.println(service.baseUrl());
    System.out.println(service.tokenUrl());
    Thread.currentThread().join();
  }

  /** A service in a process of its own. */
  private record Child(Process process, URI service, URI tokens) {}

  private Child start(String state) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledServiceTest.class.getName(),
                home.toString(),
                state)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    processes.add(process);
    BufferedReader printed =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return new Child(process, URI.create(printed.readLine()), URI.create(printed.readLine()));
  }

  @AfterEach
  void kill() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  @Timeout(600)
  void aStateFolderKeepsAcknowledgedChanges()
      throws ExecutionException, IOException, InterruptedException {
    run(folder.resolve("state").toString(), CHANGES);
  }

  @Test
  @Timeout(600)
  void postgresKeepsAcknowledgedChanges()
      throws ExecutionException, IOException, InterruptedException, SQLException {
    try (Postgres postgres = Postgres.start()) {
      run(postgres.database("killed"), CHANGES / 3);
    }
  }

  private void run(String state, int changes)
      throws ExecutionException, IOException, InterruptedException {
    long seed = Long.getLong("idc4j.kill.seed", System.nanoTime());
    System.out.println("Seed: -Didc4j.kill.seed=" + seed);
    Random random = new Random(seed);
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Client("client" + i + "@example.org", random.nextLong()));
    }
    int acknowledged = 0;
    Child child = start(state);
    for (Client client : clients) {
      client.signIn(child);
    }
    while (acknowledged < changes) {
      AtomicInteger left = new AtomicInteger(1 + random.nextInt(2 * CHANGES_PER_START));
      acknowledged += left.get();
      changeUntilKilled(clients, child, left, random.nextInt(3_000_000));
      child = start(state);
      for (Client client : clients) {
        client.verify(child);
      }
    }
    System.out.println(processes.size() - 1 + " kills, " + acknowledged + " changes");
  }

  /** Lets the clients make changes, and kills the service shortly after the last one. */
  private static void changeUntilKilled(
      List<Client> clients, Child child, AtomicInteger left, int nanos)
      throws ExecutionException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(clients.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Client client : clients) {
        running.add(
            threads.submit(
                () -> {
                  client.changeUntilKilled(child, left);
                  return null;
                }));
      }
      while (left.get() > 0) {
        for (Future<?> ended : running) {
          if (ended.isDone()) {
            ended.get();
          }
        }
        Thread.onSpinWait();
      }
      TimeUnit.NANOSECONDS.sleep(nanos);
      child.process().destroyForcibly().waitFor();
      for (Future<?> ended : running) {
        ended.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** A user who saves and deletes cohorts, and knows which of them must exist. */
  private static final class Client {

    private final String email;
    private final Random random;
    private final Map<Long, String> cohorts = new HashMap<>();
    private String token;
    private int names;

    // The change that was not acknowledged when the service was killed.
    private String saving = "";
    private List<Long> deleting = List.of();

    private Client(String email, long seed) {
      this.email = email;
      this.random = new Random(seed);
    }

    private void signIn(Child child) throws IOException, InterruptedException {
      token =
          Http.json(
                  Http.send(
                      child.tokens(), "POST", "", "{\"email\":\"%s\"}".formatted(email), null))
              .get("id_token")
              .asString();
    }

    private void changeUntilKilled(Child child, AtomicInteger left) throws InterruptedException {
      try {
        while (true) {
          if (random.nextInt(5) < 3 || cohorts.size() < 3) {
            save(child);
          } else {
            delete(child);
          }
          left.decrementAndGet();
        }
      } catch (IOException e) {
        assertThat(left.get()).as("the service failed before it was killed: " + e).isNotPositive();
      }
    }

    private void save(Child child) throws IOException, InterruptedException {
      saving = email + " " + names++;
      JsonNode saved =
          Http.json(
              Http.send(child.service(), "POST", "/cohorts", Http.COHORT.formatted(saving), token));
      cohorts.put(saved.at("/cohort_properties/cohort_id").asLong(), saving);
      saving = "";
    }

    private void delete(Child child) throws IOException, InterruptedException {
      deleting = cohorts.keySet().stream().limit(1 + random.nextInt(3)).toList();
      Http.json(
          Http.send(
              child.service(), "DELETE", "/cohorts", "{\"cohorts\":" + deleting + "}", token));
      deleting.forEach(cohorts::remove);
      deleting = List.of();
    }

    /** Compares the cohorts of the service with those that must exist. */
    private void verify(Child child) throws IOException, InterruptedException {
      Map<Long, String> found =
          Http.json(Http.send(child.service(), "GET", "/cohorts", null, token))
              .get("cohorts")
              .valueStream()
              .collect(
                  Collectors.toMap(
                      cohort -> cohort.get("cohort_id").asLong(),
                      cohort -> cohort.get("name").asString()));
      if (!deleting.isEmpty() && !found.containsKey(deleting.get(0))) {
        deleting.forEach(cohorts::remove);
      }
      Map<Long, String> unexpected = new HashMap<>(found);
      unexpected.keySet().removeAll(cohorts.keySet());
      if (!saving.isEmpty() && unexpected.size() == 1 && unexpected.containsValue(saving)) {
        cohorts.putAll(unexpected);
      }
      assertThat(found).isEqualTo(cohorts);
      saving = "";
      deleting = List.of();
    }
  }
}
