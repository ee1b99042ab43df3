package io.github.idc4j.benchmarks;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import io.github.idc4j.model.ManifestPage;
import io.github.idc4j.model.ModelAdapters;
import io.github.idc4j.service.ReferenceService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import okio.Okio;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Decoding a manifest page of 5,000 rows and 10 columns from the same bytes: this client's models,
 * and the stock generator's for Retrofit with Gson and with Jackson.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecodeBenchmark {

  private static final String PAGE = "idc4j.page";

  private final JsonAdapter<ManifestPage> idc4j =
      new Moshi.Builder().add(new ModelAdapters()).build().adapter(ManifestPage.class);
  private final Gson gson = new Gson();
  private final ObjectMapper jackson =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private byte[] page;

  /** Reads the page, which all of them decode. */
  @Setup
  public void read() throws IOException {
    page = Files.readAllBytes(Path.of(System.getProperty(PAGE)));
  }

  @Benchmark
  public Object idc4j() throws IOException {
    return idc4j.fromJson(Okio.buffer(Okio.source(new ByteArrayInputStream(page))));
  }

  @Benchmark
  public Object gson() {
    return gson.fromJson(
        new InputStreamReader(new ByteArrayInputStream(page), StandardCharsets.UTF_8),
        io.github.idc4j.benchmarks.gson.ManifestPage.class);
  }

  @Benchmark
  public Object jackson() throws IOException {
    return jackson.readValue(
        new ByteArrayInputStream(page), io.github.idc4j.benchmarks.jackson.ManifestPage.class);
  }

  /**
   * Runs it and prints a table.
   *
   * @param args number of forks; 5 by default
   */
  public static void main(String[] args) throws Exception {
    Path page = Files.createTempFile("idc4j-page", ".json");
    try {
      long size = fetch(page);
      Collection<RunResult> results = run(page, args.length == 0 ? 5 : Integer.parseInt(args[0]));
      System.out.printf(
          "%n| 5,000 rows, %,d bytes | us a page | MB/s | bytes allocated a byte |%n", size);
      System.out.println("| --- | --- | --- | --- |");
      for (RunResult result : results) {
        double micros = result.getPrimaryResult().getScore();
        double allocated = result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
        System.out.printf(
            Locale.ROOT,
            "| %s | %.0f ± %.0f | %.0f | %.2f |%n",
            result.getPrimaryResult().getLabel(),
            micros,
            result.getPrimaryResult().getScoreError(),
            size / micros,
            allocated / size);
      }
    } finally {
      Files.delete(page);
    }
  }

  private static long fetch(Path file) throws Exception {
    try (ReferenceService service = ReferenceService.builder().port(0).start();
        Manifest manifest = new Manifest(service.baseUrl().toString(), 5000)) {
      byte[] page = manifest.page(manifest.begin());
      page = manifest.page(manifest.next(page).orElseThrow());
      Files.write(file, page);
      return page.length;
    }
  }

  private static Collection<RunResult> run(Path page, int forks) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(DecodeBenchmark.class.getSimpleName())
                .forks(forks)
                .warmupIterations(5)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .jvmArgsAppend("-D" + PAGE + "=" + page, "-Xms1g", "-Xmx1g")
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }
}
