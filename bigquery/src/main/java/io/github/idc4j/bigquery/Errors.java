package io.github.idc4j.bigquery;

import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import io.github.idc4j.service.engine.BigQuerySettings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.sql.SQLException;
import java.sql.SQLTransientException;

/** Turns errors of BigQuery into messages that say what to do. */
final class Errors {

  private static final String TOO_MANY_BYTES = "bytesBilledLimitExceeded";

  private Errors() {}

  /**
   * Returns the exception for a request that failed. If the failure may be temporary, returns a
   * {@link SQLTransientException}, because the job of the request may still finish.
   */
  static SQLException failure(BigQueryException e) {
    String message = e.getError() == null ? e.getMessage() : message(e.getError());
    return Retries.mayBeTemporary(e)
        ? new SQLTransientException(message, e)
        : new SQLException(message, e);
  }

  /** Returns the exception for a job that failed. */
  static SQLException failure(BigQueryError error) {
    return new SQLException(message(error));
  }

  private static String message(BigQueryError error) {
    return TOO_MANY_BYTES.equals(error.getReason())
        ? error.getMessage()
            + " The operator of the service can raise the limit with --bigquery-max-bytes-billed."
        : error.getMessage();
  }

  /** Returns the message for an error while an engine is opened. */
  static String startMessage(BigQueryException e, BigQuerySettings settings) {
    if (e.getCause() instanceof IOException && e.getCode() <= 0) {
      return "Cannot reach BigQuery"
          + settings.endpoint().map(URI::toString).map(" at "::concat).orElse("")
          + ": "
          + e.getCause().getMessage()
          + ". Check the network connection and --bigquery-endpoint.";
    }
    if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
        || e.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
      return "BigQuery refuses access: "
          + e.getMessage()
          + " The account needs the role BigQuery Job User in the project "
          + settings.project()
          + ", BigQuery Data Editor for the scratch data set, and BigQuery Data Viewer for the tables.";
    }
    return "BigQuery responds with an error: " + e.getMessage();
  }
}
