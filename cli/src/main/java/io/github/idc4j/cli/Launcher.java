package io.github.idc4j.cli;

/** The script that starts this command. */
final class Launcher {

  private Launcher() {}

  /**
   * Returns a command of idc4j as this user can type it, such as {@code ./idc4j login} in a
   * checkout. The launcher sets the property to its own name.
   *
   * @param arguments the arguments, such as {@code login}
   */
  static String command(String arguments) {
    return System.getProperty("idc4j.launcher", "idc4j") + " " + arguments;
  }
}
