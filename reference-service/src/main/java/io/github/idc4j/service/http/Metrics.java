package io.github.idc4j.service.http;

import io.github.idc4j.service.query.QueryStatistics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/**
 * The metrics of a service, for Prometheus. Jetty reports each request, also those that are not
 * valid HTTP. Safe for use by several threads.
 */
public final class Metrics implements RequestLog {

  /** The content type of {@link #text}. */
  static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final String OPERATION = "operation";
  private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.create();

  /** A request waits up to 30 seconds for its query by default. */
  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();

  private final Counter requests =
      Counter.builder()
          .name("idc4j_http_requests_total")
          .help("Requests by operation and status code, without requests that are in progress.")
          .labelNames(OPERATION, "status")
          .register(registry);

  private final Histogram durations =
      Histogram.builder()
          .name("idc4j_http_request_duration_seconds")
          .help("Time from the first byte of a request to the last byte of its response.")
          .unit(Unit.SECONDS)
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .labelNames(OPERATION)
          .register(registry);

  private final Counter rows =
      Counter.builder()
          .name("idc4j_rows_written_total")
          .help("Rows of results in responses that clients received completely.")
          .register(registry);

  private boolean complete;

  /** Adds the gauges of queries and results. */
  public void add(Supplier<QueryStatistics> statistics) {
    gauge("idc4j_queries_running", "Queries that run.", statistics, QueryStatistics::running);
    gauge(
        "idc4j_queries_queued",
        "Queries that wait until they can run.",
        statistics,
        QueryStatistics::queued);
    gauge(
        "idc4j_results",
        "Results that clients can walk over, including those whose query runs or failed.",
        statistics,
        QueryStatistics::results);
    gauge(
        "idc4j_results_bytes",
        "Bytes of the results that are in files or in BigQuery. Small results are in memory.",
        statistics,
        QueryStatistics::resultBytes);
  }

  private void gauge(
      String name,
      String help,
      Supplier<QueryStatistics> statistics,
      ToDoubleFunction<QueryStatistics> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(gauge -> gauge.call(value.applyAsDouble(statistics.get())))
        .register(registry);
  }

  @Override
  public void log(Request request, Response response) {
    Exchange exchange = Exchange.of(request);
    requests.labelValues(exchange.operation(), String.valueOf(response.getStatus())).inc();
    durations
        .labelValues(exchange.operation())
        .observe(Unit.nanosToSeconds(System.nanoTime() - request.getBeginNanoTime()));
    rows.inc(exchange.rows());
  }

  /** Returns all metrics in the text format of Prometheus. */
  String text() {
    addJvm();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      WRITER.write(text, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /** Adds the metrics of the JVM. The first scrape does this, because it takes time to start. */
  private synchronized void addJvm() {
    if (!complete) {
      JvmMetrics.builder().register(registry);
      complete = true;
    }
  }
}
