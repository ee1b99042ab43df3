package io.github.idc4j.service.data;

import java.io.IOException;
import java.nio.file.Path;

/** The folder in which idc4j keeps data. */
public final class DataFolder {

  private DataFolder() {}

  /**
   * Returns the folder that the environment variable {@code IDC4J_HOME} names, or else {@code
   * .idc4j} in the home folder. It may not exist.
   *
   * @throws IOException if the variable is not set and the user has no home folder
   */
  public static Path standard() throws IOException {
    String chosen = System.getenv("IDC4J_HOME");
    if (chosen != null && !chosen.isEmpty()) {
      return Path.of(chosen);
    }
    String home = System.getProperty("user.home");
    // A user ID without a passwd entry, which is common in containers.
    if (home.equals("?")) {
      throw new IOException("this user has no home folder");
    }
    return Path.of(home, ".idc4j");
  }
}
