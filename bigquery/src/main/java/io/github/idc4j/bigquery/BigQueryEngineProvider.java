package io.github.idc4j.bigquery;

import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.Dataset;
import com.google.cloud.bigquery.DatasetId;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.engine.BigQueryProvider;
import io.github.idc4j.service.engine.BigQuerySettings;
import io.github.idc4j.service.engine.EngineException;
import io.github.idc4j.service.engine.QueryEngine;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Connects to BigQuery, and verifies that the data sets exist and that queries are allowed. */
public final class BigQueryEngineProvider implements BigQueryProvider {

  /** Creates an instance. For {@link java.util.ServiceLoader}. */
  public BigQueryEngineProvider() {}

  @Override
  public QueryEngine open(
      BigQuerySettings settings, Catalogue catalogue, Database database, Duration lifetime)
      throws EngineException {
    try {
      BigQuery bigQuery = connect(settings);
      DatasetId scratch = Names.dataset(settings.scratchDataset(), settings.project());
      Dataset dataset = bigQuery.getDataset(scratch);
      if (dataset == null) {
        throw new EngineException(
            "The scratch data set %s does not exist, or you have no permission to see it. Create it in the location of the tables, for example with: bq mk --dataset --location=US %s:%s"
                .formatted(Names.of(scratch), scratch.getProject(), scratch.getDataset()),
            null);
      }
      BigQueryDialect dialect =
          new BigQueryDialect(SourceTables.find(bigQuery, settings, catalogue, database));
      BigQueryEngine engine =
          new BigQueryEngine(
              bigQuery,
              dialect,
              scratch,
              settings.location().orElse(dataset.getLocation()),
              settings.maxBytesBilled(),
              lifetime.multipliedBy(2));
      engine.verify();
      return engine;
    } catch (BigQueryException e) {
      throw new EngineException(Errors.startMessage(e, settings), e);
    }
  }

  private static BigQuery connect(BigQuerySettings settings) throws EngineException {
    BigQueryOptions.Builder options =
        BigQueryOptions.newBuilder()
            .setProjectId(settings.project())
            .setCredentials(credentials(settings))
            .setRetrySettings(Retries.SETTINGS)
            .setResultRetryAlgorithm(new Retries());
    settings.endpoint().ifPresent(endpoint -> options.setHost(endpoint.toString()));
    return options.build().getService();
  }

  private static Credentials credentials(BigQuerySettings settings) throws EngineException {
    if (settings.endpoint().filter(BigQueryEngineProvider::isLoopback).isPresent()) {
      return NoCredentials.getInstance();
    }
    if (settings.endpoint().filter(endpoint -> !"https".equals(endpoint.getScheme())).isPresent()) {
      throw new EngineException(
          "The BigQuery endpoint "
              + settings.endpoint().get()
              + " must use https, because the service sends credentials to it. Only endpoints on a"
              + " loopback host can use http.",
          null);
    }
    try {
      return GoogleCredentials.getApplicationDefault();
    } catch (IOException e) {
      throw new EngineException(
          "There are no Application Default Credentials for BigQuery. Run: gcloud auth"
              + " application-default login. Or set GOOGLE_APPLICATION_CREDENTIALS to the file of a"
              + " service account.",
          e);
    }
  }

  private static boolean isLoopback(URI endpoint) {
    String host = String.valueOf(endpoint.getHost());
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d+){3}");
  }
}
