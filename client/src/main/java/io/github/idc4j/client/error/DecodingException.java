package io.github.idc4j.client.error;

import org.jspecify.annotations.Nullable;

/** An answer is not what the contract says. */
public final class DecodingException extends IdcException {

  private static final long serialVersionUID = 1L;

  private final String path;
  private final String fragment;

  /** Makes the exception of an answer that lacks something. */
  public DecodingException(String message, String path, String fragment) {
    this(message, path, fragment, null);
  }

  /** Makes the exception of an answer that can't be read. */
  public DecodingException(
      String message, String path, String fragment, @Nullable Throwable cause) {
    super(message, cause);
    this.path = path;
    this.fragment = fragment;
  }

  /** Returns the JSON path of the place, such as {@code $.manifest.json_manifest[3].GCS_URL}. */
  public String path() {
    return path;
  }

  /** Returns the beginning of what is there instead; empty if there is nothing to show. */
  public String fragment() {
    return fragment;
  }
}
