package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Format;
import io.github.idc4j.cli.export.Lists;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.error.BadRequestException;
import io.github.idc4j.client.paging.CloseableIterator;
import io.github.idc4j.client.paging.Page;
import io.github.idc4j.model.Cohort;
import io.github.idc4j.model.ManifestRow;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a saved cohort. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows a saved cohort, and counts its series.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  idc4j cohort show 1",
      "  idc4j cohort show 1 --fields name,filters,series --output json"
    })
final class CohortShowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "ID of the cohort, as in the list.")
  private long id;

  @Mixin private ListOptions listOptions;

  @Mixin private ConnectionOptions connectionOptions;

  @Override
  public Integer call() throws UserException {
    Format format = listOptions.format();
    connectionOptions.connectAsUser(
        spec.commandLine(),
        connection -> {
          Cohort cohort = cohort(connection.client());
          listOptions.writeDetails(
              Lists.cohort(cohort, series(connection.client())), format, spec.commandLine());
        });
    return 0;
  }

  private Cohort cohort(IdcClient client) throws UserException {
    return client.cohorts().stream()
        .filter(cohort -> cohort.cohortId() == id)
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    ClientFailures.REFUSED,
                    "you have no saved cohort with the ID "
                        + id
                        + ". 'idc4j cohort list' shows your cohorts."));
  }

  /** Returns the number of series; empty if the service refuses to count them. */
  private OptionalLong series(IdcClient client) {
    try (CloseableIterator<Page<ManifestRow>> pages =
        client.manifest(id, ManifestColumn.SERIES_INSTANCE_UID).pageSize(1).pages().iterator()) {
      return pages.next().totalFound();
    } catch (BadRequestException e) {
      connectionOptions
          .notes(spec.commandLine().getErr())
          .print("The series cannot be counted: " + e.getMessage());
      return OptionalLong.empty();
    }
  }
}
