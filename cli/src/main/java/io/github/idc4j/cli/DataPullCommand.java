package io.github.idc4j.cli;

import io.github.idc4j.service.data.DataSetException;
import io.github.idc4j.service.data.UnfinishedFolder;
import io.github.idc4j.service.data.Wheel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Downloads the index of a release with the user's installation of pip. */
@Command(
    name = "pull",
    mixinStandardHelpOptions = true,
    description =
        "Downloads the index of an IDC release: the Python package idc-index-data, about 80 MB. Runs"
            + " pip, which uses your pip settings. To serve the release, run"
            + " idc4j serve --data idc.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "2:invalid usage",
      "3:pip is missing or failed, or the downloaded file is damaged"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  idc4j data pull", "  idc4j data pull --release 25"})
final class DataPullCommand implements Callable<Integer> {

  private static final String PACKAGE = "idc-index-data";

  private static final List<List<String>> PIPS =
      List.of(
          List.of("python3", "-m", "pip"),
          List.of("pip3"),
          List.of("python", "-m", "pip"),
          List.of("pip"));

  @Spec private CommandSpec spec;

  @Option(
      names = "--release",
      paramLabel = "N",
      description = "IDC release, such as 25. Default: the newest.")
  private Optional<Integer> release = Optional.empty();

  @Override
  public Integer call() throws InterruptedException, UserException {
    Path folder;
    try {
      folder = PulledReleases.folder();
    } catch (IOException e) {
      throw new UserException(
          Main.OWN_FAULT,
          "cannot choose a folder for the data: "
              + e.getMessage()
              + ". Set IDC4J_HOME to a folder.");
    }
    try {
      pull(folder);
      return 0;
    } catch (DataSetException e) {
      throw new UserException(Main.OWN_FAULT, "cannot use the downloaded data: " + e.getMessage());
    } catch (IOException e) {
      throw new UserException(
          Main.OWN_FAULT,
          "cannot download the data into "
              + folder
              + ": "
              + FileFailures.reason(e)
              + ". Check that you can write to this folder and that its disk has free space, or set"
              + " IDC4J_HOME to another folder.");
    }
  }

  private void pull(Path folder) throws IOException, InterruptedException, UserException {
    try (UnfinishedFolder unfinished = UnfinishedFolder.in(folder)) {
      download(unfinished.path(), folder);
      Path wheel =
          PulledReleases.newest(unfinished.path(), release)
              .orElseThrow(() -> failed("pip downloaded no wheel", folder));
      Wheel.verify(wheel);
      Path target = folder.resolve(wheel.getFileName());
      Files.move(wheel, target, StandardCopyOption.REPLACE_EXISTING);
      spec.commandLine().getOut().println(target);
      spec.commandLine().getOut().flush();
    }
  }

  private void download(Path to, Path folder)
      throws IOException, InterruptedException, UserException {
    List<String> command = new ArrayList<>(pip(folder));
    command.addAll(
        List.of("download", "--no-deps", "--only-binary=:all:", "--dest", to.toString()));
    command.add(PACKAGE + release.map(number -> "==" + number + ".*").orElse(""));
    // On a terminal, pip shows its progress.
    Process pip = new ProcessBuilder(command).inheritIO().start();
    try {
      if (pip.waitFor() != 0) {
        throw failed("pip failed; see its messages above", folder);
      }
    } finally {
      pip.destroy();
    }
  }

  private List<String> pip(Path folder) throws InterruptedException, UserException {
    for (List<String> candidate : PIPS) {
      List<String> command = new ArrayList<>(candidate);
      command.add("--version");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() == 0) {
          return candidate;
        }
      } catch (IOException e) {
        // This program does not exist. Try the next one.
      }
    }
    throw failed("cannot find pip", folder);
  }

  private UserException failed(String why, Path folder) {
    return new UserException(
        Main.OWN_FAULT,
        why
            + ". You can also download the file idc_index_data-"
            + release.map(number -> number + ".*").orElse("*")
            + "-py3-none-any.whl of the Python package "
            + PACKAGE
            + " yourself, and put it into "
            + folder
            + ".");
  }
}
