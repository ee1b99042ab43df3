package io.github.idc4j.service.engine;

import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import java.time.Duration;
import java.util.ServiceLoader;

/**
 * Opens engines that run queries in BigQuery. The optional module {@code idc4j-bigquery} implements
 * this interface, so that its libraries are not on the class path of services that do not need
 * them.
 */
public interface BigQueryProvider {

  /**
   * Returns the implementation on the class path.
   *
   * @throws EngineException if no implementation is on the class path
   */
  static BigQueryProvider find() throws EngineException {
    return ServiceLoader.load(BigQueryProvider.class)
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(
                    "The module idc4j-bigquery is not on the class path. Add the artifact"
                        + " io.github.idc4j:idc4j-bigquery and its dependencies, or start the service"
                        + " with ./idc4j, which adds them.",
                    null));
  }

  /**
   * Opens an engine. Reads the columns of the tables, and verifies that the engine may run queries.
   *
   * @param database the metadata of the release; its table of images is not used
   * @param lifetime the lifetime of results; the engine keeps the rows of each query for twice this
   *     time
   * @throws EngineException if BigQuery cannot be reached, or refuses access, or lacks a data set
   *     or the table of images
   */
  QueryEngine open(
      BigQuerySettings settings, Catalogue catalogue, Database database, Duration lifetime)
      throws EngineException;
}
