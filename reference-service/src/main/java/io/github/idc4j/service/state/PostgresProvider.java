package io.github.idc4j.service.state;

import java.util.ServiceLoader;

/**
 * Opens states in PostgreSQL. The optional module {@code idc4j-postgresql} implements this
 * interface, so that its libraries are not on the class path of services that do not need them.
 */
public interface PostgresProvider {

  /** The beginning of the URLs of databases. */
  String URL_PREFIX = "jdbc:postgresql:";

  /**
   * Returns the implementation on the class path.
   *
   * @throws StateException if no implementation is on the class path
   */
  static PostgresProvider find() throws StateException {
    return ServiceLoader.load(PostgresProvider.class)
        .findFirst()
        .orElseThrow(
            () ->
                new StateException(
                    "The module idc4j-postgresql is not on the class path. Add the artifact"
                        + " io.github.idc4j:idc4j-postgresql and its dependencies, or start the"
                        + " service with ./idc4j, which adds them.",
                    null));
  }

  /**
   * Connects to a database, and creates or updates its tables.
   *
   * @param url the JDBC URL of the database; messages do not contain it, because it can contain a
   *     password
   * @throws StateException if the database cannot be used
   */
  State open(String url) throws StateException;
}
