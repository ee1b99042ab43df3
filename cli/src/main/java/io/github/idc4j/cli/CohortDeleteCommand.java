package io.github.idc4j.cli;

import io.github.idc4j.client.IdcClient;
import io.github.idc4j.model.DeletedCohort;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Deletes saved cohorts. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Deletes saved cohorts. They cannot be restored.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      ClientFailures.REFUSED + ":the service refused the request, or did not delete all cohorts",
      "2:invalid usage",
      ClientFailures.RETIRED_HELP,
      ClientFailures.UNAVAILABLE_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  idc4j cohort delete 1",
      "  idc4j cohort delete 1 --base-url http://127.0.0.1:8080/v1"
    })
final class CohortDeleteCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "ID", description = "IDs of the cohorts.")
  private Set<Long> ids;

  @Mixin private ConnectionOptions connectionOptions;

  @Override
  public Integer call() throws UserException {
    connectionOptions.connectAsUser(
        spec.commandLine(), connection -> delete(connection.client(), spec.commandLine().getOut()));
    return 0;
  }

  private void delete(IdcClient client, PrintWriter out) throws UserException {
    List<String> problems = new ArrayList<>();
    long[] all = ids.stream().mapToLong(Long::longValue).toArray();
    for (DeletedCohort cohort : client.deleteCohorts(all)) {
      if (cohort.result().notes() == null) {
        problems.add(cohort.cohortId() + " (" + cohort.result().message() + ")");
      } else {
        out.println(cohort.result().notes());
      }
    }
    if (!problems.isEmpty()) {
      throw new UserException(
          ClientFailures.REFUSED,
          "%d of %d cohorts were not deleted: %s"
              .formatted(problems.size(), all.length, String.join(", ", problems)));
    }
  }
}
