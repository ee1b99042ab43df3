package io.github.idc4j.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.internal.http.Caller;
import io.github.idc4j.conformance.mutant.ProxiedResponse;
import io.github.idc4j.conformance.mutant.Proxy;
import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run that is asked to exit, as by Ctrl-C, writes what it has. */
@Tag("slow")
class InterruptionTest {

  /** Exit code of a process that SIGTERM ended. */
  private static final int TERMINATED = 143;

  @TempDir Path folder;

  @Test
  void aTerminatedRunWritesPartialReports() throws IOException, InterruptedException {
    Path reports = folder.resolve("reports");
    try (ReferenceService service = Services.reference(folder.resolve("data")).start()) {
      JsonNode report = terminateAt("/v1/cohorts/manifest/preview", service, reports);

      assertThat(report.path("headline").asString()).isEqualTo("The run was interrupted");
      assertThat(report.path("exitCode").asInt()).isEqualTo(3);
      assertThat(report.path("notices").toString())
          .containsPattern("interrupted after \\d+ of \\d+");
      assertThat(report.path("checks").size()).isPositive();
      assertThat(report.path("checks").valueStream())
          .allSatisfy(check -> assertThat(check.path("status").asString()).isEqualTo("passed"));
      for (String file : new String[] {"index.html", "report.md", "report.sarif", "junit.xml"}) {
        assertThat(Files.readString(reports.resolve(file))).contains("interrupted after");
      }
    }
  }

  @Test
  void aRunWhoseThreadIsInterruptedIsPartialAndDeletesItsCohorts() throws IOException {
    try (ReferenceService service = Services.reference(folder.resolve("data")).start()) {
      Map<Caller, String> tokens = Services.tokens(service, "first@example.org");
      Thread thread = Thread.currentThread();
      ConformanceResult result =
          Services.run(service.baseUrl(), tokens)
              .select(Set.of(), Set.of("cohorts"), Set.of(Level.values()))
              .reporter(
                  new Reporter() {
                    @Override
                    public void checked(Outcome outcome) {
                      thread.interrupt();
                    }

                    @Override
                    public void finished(ConformanceResult result) {}
                  })
              .build()
              .run();

      assertThat(Thread.interrupted()).isTrue();
      assertThat(result.interruption()).isPresent();
      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(Services.cohorts(service.baseUrl(), tokens.get(Caller.FIRST))).isEmpty();
    }
  }

  @Test
  void aCohortThatIsBeingSavedWhenTheRunIsInterruptedIsDeleted() throws IOException {
    Thread thread = Thread.currentThread();
    CountDownLatch listed = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    try (ReferenceService service = Services.reference(folder.resolve("data")).start();
        Proxy proxy =
            new Proxy(
                service.baseUrl(),
                (request, reference) -> {
                  if (request.method().equals("POST")
                      && request.target().equals("/v1/cohorts")
                      && !interrupted.getAndSet(true)) {
                    thread.interrupt();
                    // The service saves the cohort late: after the run has looked for cohorts, if
                    // it does not wait for this response.
                    await(listed);
                  }
                  ProxiedResponse response = reference.send(request);
                  if (interrupted.get() && request.method().equals("GET")) {
                    listed.countDown();
                  }
                  return response;
                })) {
      Map<Caller, String> tokens = Services.tokens(service, "first@example.org");
      ConformanceResult result =
          Services.run(proxy.baseUrl(), tokens)
              .select(Set.of(), Set.of("cohorts"), Set.of(Level.values()))
              .build()
              .run();

      assertThat(Thread.interrupted()).isTrue();
      assertThat(result.interruption()).isPresent();
      assertThat(Services.cohorts(service.baseUrl(), tokens.get(Caller.FIRST))).isEmpty();
    }
  }

  private static void await(CountDownLatch listed) throws IOException {
    try {
      boolean unused = listed.await(300, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Ends a run at a request, whose response comes after the run ended. */
  private static JsonNode terminateAt(String target, ReferenceService service, Path reports)
      throws IOException, InterruptedException {
    CompletableFuture<Process> process = new CompletableFuture<>();
    try (Proxy proxy =
        new Proxy(
            service.baseUrl(),
            (request, reference) -> {
              if (request.target().startsWith(target)) {
                Process run = process.join();
                run.destroy();
                run.onExit().join();
              }
              return reference.send(request);
            })) {
      Map<Caller, String> tokens = Services.tokens(service, "first@example.org");
      Process run =
          ChildRun.start(
              proxy.baseUrl(), Set.of("routes.final-slash"), tokens, "-Didc4j.report=" + reports);
      process.complete(run);

      assertThat(run.waitFor()).isEqualTo(TERMINATED);
    }
    return JsonMapper.shared().readTree(Files.readString(reports.resolve("report.json")));
  }
}
