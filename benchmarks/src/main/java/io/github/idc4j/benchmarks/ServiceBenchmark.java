package io.github.idc4j.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures the speed goals of the service. The service runs as {@code ./idc4j serve}, so the
 * benchmark must run in the root folder of the checkout.
 */
final class ServiceBenchmark {

  private static final List<Integer> ALL = List.of(1, 2, 3, 4, 5, 6);

  private ServiceBenchmark() {}

  /**
   * Runs the benchmark and prints a table. Exits with 0 even if goals are missed.
   *
   * @param args two to five values: the wheel of the Python package idc-index-data; the folder for
   *     data, which later runs reuse; the numbers of the goals, separated by commas, by default
   *     all; the number of rounds, by default 5; by which number to divide the sizes of goals 2, 3
   *     and 5, by default 1
   */
  public static void main(String[] args) throws Exception {
    if (args.length < 2) {
      System.err.println("Usage: ServiceBenchmark WHEEL FOLDER [GOALS [ROUNDS [DIVISOR]]]");
      System.exit(2);
    }
    Path wheel = Path.of(args[0]).toAbsolutePath();
    Path work = Files.createDirectories(Path.of(args[1])).toAbsolutePath();
    Set<Integer> goals =
        args.length > 2
            ? Stream.of(args[2].split(",")).map(Integer::valueOf).collect(Collectors.toSet())
            : Set.copyOf(ALL);
    int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 5;
    long divisor = args.length > 4 ? Long.parseLong(args[4]) : 1;
    GoalTable table = new GoalTable();
    ServiceGoals service = new ServiceGoals(wheel, work, rounds, divisor, table);
    ServiceProcess.prepare();
    for (int goal : ALL) {
      if (goals.contains(goal)) {
        switch (goal) {
          case 1 -> service.manifestOfAllSeries();
          case 2 -> service.manifestOfLargeCollection();
          case 3 -> service.firstPageOfMetadata();
          case 4 -> new ServingGoal(work.resolve("sample"), rounds, table).measure();
          case 5 -> service.memoryOfLargeSample();
          default -> service.starts();
        }
      }
    }
    table.print();
  }
}
