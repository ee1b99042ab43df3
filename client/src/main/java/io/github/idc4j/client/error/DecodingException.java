package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;

/**
 * The response does not conform to the specification: it is not JSON, or the JSON does not have the
 * specified structure.
 */
public final class DecodingException extends IdcException {

  private static final long serialVersionUID = 1L;

  private final String path;
  private final String fragment;

  /**
   * Creates the exception. Only the client calls this constructor.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public DecodingException(Details details, String path, String fragment) {
    super(details);
    this.path = path;
    this.fragment = fragment;
  }

  /** Returns the JSON path of the error, such as {@code $.manifest.json_manifest[3].GCS_URL}. */
  public String path() {
    return path;
  }

  /**
   * Returns the beginning of the JSON at {@link #path()}, with tokens masked; empty if there is no
   * JSON to show.
   */
  public String fragment() {
    return fragment;
  }
}
