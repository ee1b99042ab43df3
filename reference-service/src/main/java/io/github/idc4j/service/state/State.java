package io.github.idc4j.service.state;

import io.github.idc4j.service.auth.Keys;
import io.github.idc4j.service.cohort.AccountStore;
import io.github.idc4j.service.data.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What a service keeps, or shares with other services. */
public interface State extends AutoCloseable {

  /**
   * Returns the keys of tokens.
   *
   * @throws IOException if the keys cannot be read; the message states why, and what to do about it
   */
  Keys keys() throws IOException;

  /**
   * Opens the accounts and cohorts. The caller closes them before it closes this state.
   *
   * @param database the instance of DuckDB, for accounts that are stored in DuckDB
   * @throws StateException if the accounts cannot be opened
   */
  AccountStore accounts(Database database) throws StateException;

  /**
   * Returns the folder for the files of results that later processes use; empty if results end with
   * this process.
   */
  Optional<Path> results();

  /** Frees the state for other services. */
  @Override
  void close() throws IOException;
}
