package io.github.idc4j.conformance.internal.http;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The user or token of a request. */
public enum Caller {
  /** No token; the request is unauthenticated. */
  NONE("", "token"),
  /** The first user. */
  FIRST("$IDC4J_TOKEN", "ID token"),
  /** The second user. */
  SECOND("$IDC4J_SECOND_TOKEN", "ID token of a second user"),
  /** An expired token of the first user. */
  EXPIRED("$IDC4J_EXPIRED_TOKEN", "expired ID token"),
  /** A user without an account. */
  STRANGER("$IDC4J_STRANGER_TOKEN", "ID token of a user without an account"),
  /** A valid ID token without an e-mail address. */
  NAMELESS("$IDC4J_NAMELESS_TOKEN", "ID token without an e-mail address"),
  /** A token of the first user without its last characters, which are part of the signature. */
  CUT("${IDC4J_TOKEN%????????}", "truncated ID token"),
  /** A text that is not a token. */
  GARBLED("not.a.token", "garbled token");

  /** The callers whose tokens are settings of a run. */
  public static final Set<Caller> GIVEN =
      Collections.unmodifiableSet(EnumSet.of(FIRST, SECOND, EXPIRED, STRANGER, NAMELESS));

  /** Number of characters that {@link #CUT} lacks. */
  static final int CUT_OFF = 8;

  private final String shown;
  private final String what;

  Caller(String shown, String what) {
    this.shown = shown;
    this.what = what;
  }

  /** Returns a description of the token. */
  public String what() {
    return what;
  }

  /** Returns the text that replaces the token in curl commands and reports. */
  public String shown() {
    return shown;
  }

  /** Returns the name of the environment variable with the token. */
  public String variable() {
    return shown.substring(1);
  }
}
