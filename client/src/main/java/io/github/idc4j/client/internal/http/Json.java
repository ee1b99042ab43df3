package io.github.idc4j.client.internal.http;

import com.squareup.moshi.Moshi;
import io.github.idc4j.model.ModelAdapters;

/** Provides the Moshi instance that reads and writes the models. */
public final class Json {

  private static final Moshi MOSHI = new Moshi.Builder().add(new ModelAdapters()).build();

  private Json() {}

  /** Returns the Moshi instance. It is safe for use by several threads. */
  public static Moshi moshi() {
    return MOSHI;
  }
}
