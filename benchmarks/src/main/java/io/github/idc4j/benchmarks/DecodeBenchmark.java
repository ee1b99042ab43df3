package io.github.idc4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
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
 * Compares how fast the client, Moshi, Jackson and Gson decode the same pages. Moshi uses the
 * client's models; Jackson and Gson use the models of the stock generator.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecodeBenchmark {

  private static final String FOLDER = "idc4j.pages";

  /** The kind of page to decode. */
  @Param public PageKind kind;

  private byte[] page;

  /** Reads the page. All libraries decode the same page. */
  @Setup
  public void read() throws IOException {
    page = Pages.read(Path.of(System.getProperty(FOLDER)), kind);
  }

  @Benchmark
  public Object idc4j() throws IOException {
    return kind.idc4j(page);
  }

  @Benchmark
  public Object moshi() throws IOException {
    return kind.moshi(page);
  }

  @Benchmark
  public Object jackson() throws IOException {
    return kind.jackson(page);
  }

  @Benchmark
  public Object gson() {
    return kind.gson(page);
  }

  /**
   * Runs the benchmark and prints a table.
   *
   * @param args options in any order: {@code --quick} to compare in this process instead of with
   *     JMH; {@code --forks=N} to set the number of forks, by default 5; the path of a {@code
   *     idc_index_data-*.whl} file to add a page of real data
   */
  public static void main(String[] args) throws Exception {
    List<String> options = new ArrayList<>(Arrays.asList(args));
    boolean quick = options.remove("--quick");
    int forks = 5;
    Path wheel = null;
    for (String option : options) {
      if (option.startsWith("--forks=")) {
        forks = Integer.parseInt(option.substring("--forks=".length()));
      } else {
        wheel = Path.of(option);
      }
    }
    Path folder = Files.createTempDirectory("idc4j-pages");
    try {
      List<PageKind> kinds = Pages.write(folder, wheel);
      if (wheel == null) {
        System.out.println("No page of real data: pass the path of the wheel idc-index-data.");
      }
      DecodeTable table = new DecodeTable(System.out);
      if (quick) {
        for (PageKind kind : kinds) {
          new QuickComparison(kind, Pages.read(folder, kind)).run(table);
        }
      } else {
        for (RunResult result : run(folder, kinds, forks)) {
          PageKind kind = PageKind.valueOf(result.getParams().getParam("kind"));
          table.add(
              kind,
              Pages.read(folder, kind).length,
              result.getPrimaryResult().getLabel(),
              result.getPrimaryResult().getScore(),
              result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
        }
      }
      table.print();
    } finally {
      Pages.delete(folder);
    }
  }

  private static Iterable<RunResult> run(Path folder, List<PageKind> kinds, int forks)
      throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(DecodeBenchmark.class.getSimpleName())
                .param("kind", kinds.stream().map(PageKind::name).toArray(String[]::new))
                .forks(forks)
                .warmupIterations(5)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .jvmArgsAppend("-D" + FOLDER + "=" + folder, "-Xms1g", "-Xmx1g")
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }
}
