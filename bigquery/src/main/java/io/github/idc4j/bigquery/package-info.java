/** An engine that runs the queries of the reference service in BigQuery. */
package io.github.idc4j.bigquery;
