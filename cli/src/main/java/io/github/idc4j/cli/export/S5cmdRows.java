package io.github.idc4j.cli.export;

import java.io.IOException;
import java.util.List;

/** Writes commands for the program s5cmd, one per line, and comments before them. */
final class S5cmdRows implements RowWriter {

  private final Appendable target;

  /**
   * Creates a writer.
   *
   * @throws IllegalArgumentException if the rows are not commands
   */
  S5cmdRows(Appendable target, List<String> columns) {
    if (!columns.equals(S5cmdManifest.COLUMNS)) {
      throw new IllegalArgumentException(
          "Only manifests have the format s5cmd. Run idc4j manifest, or choose another format.");
    }
    this.target = target;
  }

  @Override
  public void begin(List<String> comments) throws IOException {
    for (String comment : comments) {
      // A line break in a file name would otherwise begin a command.
      target.append("# ").append(comment.replaceAll("\\p{Cntrl}", "?")).append('\n');
    }
  }

  @Override
  public void write(long number, List<?> values) throws IOException {
    target.append(values.get(0).toString()).append('\n');
  }

  @Override
  public void end(long rows) {}
}
