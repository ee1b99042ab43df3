package io.github.idc4j.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.idc4j.conformance.run.Reporter;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that cannot be written is reported before the run, and no file is written in part. */
class ReportFolderTest {

  @TempDir Path folder;

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesAllReportsAndNothingElse() throws IOException {
    Reporter reporter = Reports.folder(folder);
    assertThat(files()).isEmpty();
    reporter.finished(Runs.ofEveryStatus());
    reporter.finished(Runs.ofEveryStatus());

    assertThat(files())
        .containsExactly(
            "badge.svg", "index.html", "junit.xml", "report.json", "report.md", "report.sarif");
  }

  @Test
  void createsTheFolderAndAcceptsALinkToOne() throws IOException {
    Path link =
        Files.createSymbolicLink(
            folder.resolve("link"), Files.createDirectory(folder.resolve("a")));
    Reports.folder(link);
    Reports.folder(folder.resolve("b/c"));

    assertThat(folder.resolve("b/c")).isEmptyDirectory();
  }

  @Test
  void aFileInThePlaceOfTheFolderIsReportedAtOnce() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> Reports.folder(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(
            "the reports cannot be written to %s: %s is a file, not a folder.".formatted(file, file)
                + " Choose a folder that you can write to.");
    assertThatThrownBy(() -> Reports.folder(file.resolve("below")))
        .hasMessageStartingWith("the reports cannot be written to " + file + "/below: ");
  }

  /** A folder in the place of a report makes its writing fail, as a full disk does. */
  @Test
  void aReportThatCannotBeWrittenLeavesNoPart() throws IOException {
    Reporter reporter = Reports.folder(folder);
    Path blocked = folder.resolve("report.md");
    Files.createDirectories(blocked.resolve("x"));

    assertThatThrownBy(() -> reporter.finished(Runs.ofEveryStatus()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the report " + blocked + " cannot be written: ")
        .hasMessageEndingWith("Free disk space or choose another folder, and run the check again");
    assertThat(files()).containsExactly("index.html", "junit.xml", "report.json", "report.md");
  }
}
