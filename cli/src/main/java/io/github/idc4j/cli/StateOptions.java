package io.github.idc4j.cli;

import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.state.PostgresProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options for what the reference service keeps when it stops. */
final class StateOptions {

  /** The beginning of a URL. A drive of Windows has only one letter. */
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:");

  @Option(
      names = "--state",
      paramLabel = "DIR|URL",
      description =
          "Keep accounts, saved cohorts, keys of tokens, and results in this folder, so that they are"
              + " valid after a restart. Or, for services that share accounts, cohorts and keys: the"
              + " URL of a PostgreSQL database, such as jdbc:postgresql://host/database?user=name."
              + " Default: keep them in memory only.")
  private String state;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "Keep the keys of page tokens and ID tokens in this file, so that ID tokens are valid after"
              + " a restart and, with BigQuery, all tokens at every service with the same file. If the"
              + " file does not exist, the service creates it. Default: keep the keys in --state, or in"
              + " memory only.")
  private Path keyFile;

  boolean areGiven() {
    return state != null || keyFile != null;
  }

  /**
   * Adds the options to a service.
   *
   * @throws UserException if the state is neither a path nor the URL of a PostgreSQL database
   */
  void addTo(ReferenceServiceBuilder builder) throws UserException {
    if (state != null) {
      addState(builder);
    }
    if (keyFile != null) {
      builder.keyFile(keyFile);
    }
  }

  /** The messages do not contain the URL, because it can contain a password. */
  private void addState(ReferenceServiceBuilder builder) throws UserException {
    if (state.startsWith(PostgresProvider.URL_PREFIX)) {
      builder.stateUrl(state);
      return;
    }
    if (URL.matcher(state).lookingAt()) {
      throw new UserException(
          Main.WRONG_USAGE,
          "--state accepts a folder or a URL that begins with "
              + PostgresProvider.URL_PREFIX
              + ", but no other URL.");
    }
    try {
      builder.stateFolder(Path.of(state));
    } catch (InvalidPathException e) {
      throw new UserException(Main.WRONG_USAGE, "--state is not a valid path: " + e.getReason());
    }
  }
}
