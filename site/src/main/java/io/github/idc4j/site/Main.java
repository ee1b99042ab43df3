package io.github.idc4j.site;

import java.io.IOException;
import java.nio.file.Path;

/** Writes the site: {@code Main PROJECT OUTPUT}. */
public final class Main {

  private Main() {}

  /** Takes the project's folder and the folder to write. */
  public static void main(String[] args) throws IOException {
    new Site(Path.of(args[0])).write(Path.of(args[1]));
  }
}
