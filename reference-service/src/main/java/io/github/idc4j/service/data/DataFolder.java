package io.github.idc4j.service.data;

import java.io.IOException;
import java.nio.file.Path;

/** The folder in which idc4j keeps downloaded, loaded and generated data. */
public final class DataFolder {

  private DataFolder() {}

  /**
   * Returns the path in the environment variable {@code IDC4J_HOME} or, if the variable is not set
   * or empty, the path of {@code .idc4j} in the home folder. The returned path does not have to
   * exist.
   *
   * @throws IOException if the variable is not set or empty, and the user has no home folder
   */
  public static Path standard() throws IOException {
    String chosen = System.getenv("IDC4J_HOME");
    if (chosen != null && !chosen.isEmpty()) {
      return Path.of(chosen);
    }
    String home = System.getProperty("user.home");
    // The user ID has no passwd entry, which is common in containers.
    if (home.equals("?")) {
      throw new IOException("this user has no home folder");
    }
    return Path.of(home, ".idc4j");
  }
}
