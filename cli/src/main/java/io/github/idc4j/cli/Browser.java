package io.github.idc4j.cli;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * Opens pages in the browser of the user. Uses the programs of the operating system, because AWT is
 * missing in many Java installations.
 */
final class Browser {

  private Browser() {}

  /**
   * Opens a page.
   *
   * @return false if there is no program that opens pages; the program itself can still fail later
   */
  static boolean open(URI page) {
    try {
      new ProcessBuilder(command(System.getProperty("os.name"), page))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the program that opens pages, with its arguments. None of them is a shell. */
  static List<String> command(String system, URI page) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.contains("windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler", page.toString());
    }
    return List.of(name.contains("mac") ? "open" : "xdg-open", page.toString());
  }
}
