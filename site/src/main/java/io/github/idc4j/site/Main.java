package io.github.idc4j.site;

import java.io.IOException;
import java.nio.file.Path;

/** Generates the site. Usage: {@code Main PROJECT OUTPUT}. */
public final class Main {

  private Main() {}

  /**
   * Generates the site.
   *
   * @param args the folder of the project and the output folder
   */
  public static void main(String[] args) throws IOException {
    new Site(Path.of(args[0])).write(Path.of(args[1]));
  }
}
