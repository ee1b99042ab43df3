package io.github.idc4j.benchmarks;

import io.github.idc4j.client.ManifestColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Fetches pages without decoding them: the pages of a manifest with all columns, and single pages
 * of other results.
 */
final class RawPages implements AutoCloseable {

  static final String COHORT = "{\"name\":\"all\",\"description\":\"\",\"filters\":{}}";

  /** The number of bytes at the end of a page that are certain to contain its page token. */
  private static final int TAIL = 1024;

  private static final Pattern TOKEN = Pattern.compile("\"next_page\": ?\"([^\"]+)\"");

  /** No read timeout, because the service sends the first response only when the query is done. */
  private final OkHttpClient http = new OkHttpClient.Builder().readTimeout(Duration.ZERO).build();

  private final String baseUrl;
  private final HttpUrl preview;
  private final HttpUrl nextPage;

  /** Creates a client that requests all columns of manifests. */
  RawPages(String baseUrl, int pageSize) {
    this(baseUrl, pageSize, List.of(ManifestColumn.values()));
  }

  RawPages(String baseUrl, int pageSize, List<ManifestColumn> manifestColumns) {
    this.baseUrl = baseUrl;
    HttpUrl.Builder columns =
        HttpUrl.get(baseUrl + "/cohorts/manifest/preview")
            .newBuilder()
            .addQueryParameter("page_size", String.valueOf(pageSize));
    for (ManifestColumn column : manifestColumns) {
      columns.addQueryParameter(column.key(), "True");
    }
    preview = columns.build();
    nextPage =
        HttpUrl.get(baseUrl + "/cohorts/manifest/nextPage")
            .newBuilder()
            .addQueryParameter("page_size", String.valueOf(pageSize))
            .build();
  }

  Request begin() {
    return begin(COHORT);
  }

  /** Returns the request for the first page of the manifest of a cohort. */
  Request begin(String cohort) {
    return new Request.Builder()
        .url(preview)
        .post(RequestBody.create(cohort, MediaType.get("application/json")))
        .build();
  }

  /** Returns the request for the first page of a query, with at most 5,000 rows. */
  Request query(String body) {
    return new Request.Builder()
        .url(baseUrl + "/cohorts/query/preview?page_size=5000")
        .post(RequestBody.create(body, MediaType.get("application/json")))
        .build();
  }

  /** Returns the request for the first page of DICOM metadata. */
  Request dicomMetadata(int rows) {
    return new Request.Builder().url(baseUrl + "/dicomMetadata?page_size=" + rows).build();
  }

  byte[] page(Request request) throws IOException {
    try (Response response = http.newCall(request).execute()) {
      if (response.code() != 200) {
        throw new IOException(request + " failed with status code " + response.code());
      }
      return response.body().bytes();
    }
  }

  /** Returns the request for the next page; empty after the last page. */
  Optional<Request> next(byte[] page) {
    int tail = Math.min(TAIL, page.length);
    Matcher token =
        TOKEN.matcher(new String(page, page.length - tail, tail, StandardCharsets.UTF_8));
    return token.find()
        ? Optional.of(
            new Request.Builder()
                .url(nextPage.newBuilder().addQueryParameter("next_page", token.group(1)).build())
                .build())
        : Optional.empty();
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
