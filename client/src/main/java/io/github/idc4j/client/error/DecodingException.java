package io.github.idc4j.client.error;

import io.github.idc4j.client.internal.failure.Details;

/** A response does not conform to the specification: it is not JSON, or has the wrong shape. */
public final class DecodingException extends IdcException {

  private static final long serialVersionUID = 1L;

  private final String path;
  private final String fragment;

  /**
   * For the client only.
   *
   * @hidden
   */
  @SuppressWarnings("exports")
  public DecodingException(Details details, String path, String fragment) {
    super(details);
    this.path = path;
    this.fragment = fragment;
  }

  /** Returns the JSON path of the problem, such as {@code $.manifest.json_manifest[3].GCS_URL}. */
  public String path() {
    return path;
  }

  /**
   * Returns the beginning of the JSON at {@link #path()}, with tokens masked; empty if there is
   * nothing to show.
   */
  public String fragment() {
    return fragment;
  }
}
