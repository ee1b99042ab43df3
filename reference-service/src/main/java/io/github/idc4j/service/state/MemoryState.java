package io.github.idc4j.service.state;

import io.github.idc4j.service.auth.Keys;
import io.github.idc4j.service.cohort.AccountStore;
import io.github.idc4j.service.cohort.DuckDbAccounts;
import io.github.idc4j.service.data.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** The state of a service that keeps nothing. */
public final class MemoryState implements State {

  @Override
  public Keys keys() {
    return Keys.random();
  }

  @Override
  public AccountStore accounts(Database database) {
    try {
      return new DuckDbAccounts(database, Optional.empty());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<Path> results() {
    return Optional.empty();
  }

  /** Does nothing. */
  @Override
  public void close() {}
}
