package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Reporter;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Writes the report files to a folder at the end of a run. */
final class ReportFolder implements Reporter {

  private static final Map<String, Function<ConformanceResult, String>> FILES =
      new LinkedHashMap<>();

  static {
    FILES.put("junit.xml", JunitXmlReport::text);
    FILES.put("index.html", HtmlReport::text);
    FILES.put("report.json", JsonReport::text);
    FILES.put("report.md", MarkdownReport::text);
    FILES.put("report.sarif", SarifReport::text);
    FILES.put("badge.svg", Badge::text);
  }

  private final Path folder;

  private ReportFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Creates the folder. Then writes a file to the folder and deletes it again, to check that the
   * reports can be written.
   *
   * @throws FileSystemException if the folder cannot be created or written to; the message is a
   *     sentence for the user
   */
  static ReportFolder open(Path folder) throws IOException {
    try {
      // createDirectories of Java 17 fails for a symbolic link to a folder.
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      Path trial = Files.createTempFile(folder, ".idc4j", ".tmp");
      Files.delete(trial);
    } catch (IOException e) {
      FileSystemException failure =
          new FileSystemException(
              null,
              null,
              "the reports cannot be written to "
                  + folder.toAbsolutePath()
                  + ": "
                  + reason(e)
                  + ". Choose a folder that you can write to.");
      failure.initCause(e);
      throw failure;
    }
    return new ReportFolder(folder);
  }

  @Override
  public void finished(ConformanceResult result) throws IOException {
    for (Map.Entry<String, Function<ConformanceResult, String>> file : FILES.entrySet()) {
      write(folder.resolve(file.getKey()), file.getValue().apply(result));
    }
  }

  /**
   * Replaces a file as a whole. A reader never sees an incomplete file, even if the disk is full.
   */
  private static void write(Path file, String text) throws IOException {
    Path part = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw new IOException(
          "the report "
              + file.toAbsolutePath()
              + " cannot be written: "
              + reason(e)
              + ". Free disk space or choose another folder, and run the check again",
          e);
    }
  }

  private static String reason(IOException failure) {
    if (failure instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is a file, not a folder";
    }
    if (failure instanceof AccessDeniedException denied) {
      return "you cannot write to " + denied.getFile();
    }
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist and cannot be created";
    }
    if (failure instanceof FileSystemException other && other.getReason() != null) {
      return other.getReason();
    }
    return failure.getClass() == IOException.class ? failure.getMessage() : failure.toString();
  }
}
