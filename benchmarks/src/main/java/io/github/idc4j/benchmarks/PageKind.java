package io.github.idc4j.benchmarks;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.Moshi;
import io.github.idc4j.model.DicomMetadataPage;
import io.github.idc4j.model.ManifestPage;
import io.github.idc4j.model.ModelAdapters;
import io.github.idc4j.model.QueryPage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import okio.BufferedSource;
import okio.Okio;

/** A kind of page to decode, with the model that each library uses for it. */
public enum PageKind {
  SAMPLE(
      ManifestPage.class,
      io.github.idc4j.benchmarks.gson.ManifestPage.class,
      io.github.idc4j.benchmarks.jackson.ManifestPage.class),
  INDEX(SAMPLE),
  UNIQUE(SAMPLE),
  METADATA(
      DicomMetadataPage.class,
      io.github.idc4j.benchmarks.gson.DicomMetadataPage.class,
      io.github.idc4j.benchmarks.jackson.DicomMetadataPage.class),
  QUERY(
      QueryPage.class,
      io.github.idc4j.benchmarks.gson.QueryPage.class,
      io.github.idc4j.benchmarks.jackson.QueryPage.class);

  private static final Moshi MOSHI = new Moshi.Builder().add(new ModelAdapters()).build();
  private static final Gson GSON = new Gson();
  private static final ObjectMapper JACKSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final Class<?> model;
  private final Class<?> gsonModel;
  private final Class<?> jacksonModel;

  PageKind(PageKind other) {
    this(other.model, other.gsonModel, other.jacksonModel);
  }

  PageKind(Class<?> model, Class<?> gsonModel, Class<?> jacksonModel) {
    this.model = model;
    this.gsonModel = gsonModel;
    this.jacksonModel = jacksonModel;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Decodes a page in the same way as the client. */
  Object idc4j(byte[] page) throws IOException {
    return adapter().fromJson(ModelAdapters.reader(source(page)));
  }

  /** Decodes a page with the client's models, but with Moshi's own reader. */
  Object moshi(byte[] page) throws IOException {
    return adapter().fromJson(JsonReader.of(source(page)));
  }

  /** Decodes a page with Jackson and the models of the stock generator. */
  Object jackson(byte[] page) throws IOException {
    return JACKSON.readValue(new ByteArrayInputStream(page), jacksonModel);
  }

  /** Decodes a page with Gson and the models of the stock generator. */
  Object gson(byte[] page) {
    return GSON.fromJson(
        new InputStreamReader(new ByteArrayInputStream(page), StandardCharsets.UTF_8), gsonModel);
  }

  private JsonAdapter<?> adapter() {
    return MOSHI.adapter(model);
  }

  private static BufferedSource source(byte[] page) {
    return Okio.buffer(Okio.source(new ByteArrayInputStream(page)));
  }
}
