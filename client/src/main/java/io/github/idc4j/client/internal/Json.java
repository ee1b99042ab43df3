package io.github.idc4j.client.internal;

import com.squareup.moshi.Moshi;
import io.github.idc4j.model.ModelAdapters;

/** The Moshi that reads and writes the models. */
public final class Json {

  private static final Moshi MOSHI = new Moshi.Builder().add(new ModelAdapters()).build();

  private Json() {}

  /** Returns it; safe for use by several threads. */
  public static Moshi moshi() {
    return MOSHI;
  }
}
