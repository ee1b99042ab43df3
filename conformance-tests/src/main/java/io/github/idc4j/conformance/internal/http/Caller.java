package io.github.idc4j.conformance.internal.http;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The user who sends a request, or the kind of ID token that the request has. */
public enum Caller {
  /** No user: the request has no token and is unauthenticated. */
  NONE("", "token"),
  /** The first user. */
  FIRST("$IDC4J_TOKEN", "ID token"),
  /** The second user. */
  SECOND("$IDC4J_SECOND_TOKEN", "ID token of a second user"),
  /** The first user, with an expired ID token. */
  EXPIRED("$IDC4J_EXPIRED_TOKEN", "expired ID token"),
  /** A user without an account. */
  STRANGER("$IDC4J_STRANGER_TOKEN", "ID token of a user without an account"),
  /** A user with a valid ID token that has no e-mail address. */
  NAMELESS("$IDC4J_NAMELESS_TOKEN", "ID token without an e-mail address"),
  /**
   * The first user, with a truncated ID token. The token lacks its last characters, which are part
   * of the signature.
   */
  CUT("${IDC4J_TOKEN%????????}", "truncated ID token"),
  /** No user: the request has a string that is not an ID token. */
  GARBLED("not.a.token", "garbled token");

  /** The callers whose ID tokens are settings of a run. */
  public static final Set<Caller> GIVEN =
      Collections.unmodifiableSet(EnumSet.of(FIRST, SECOND, EXPIRED, STRANGER, NAMELESS));

  /** Number of characters that the token of {@link #CUT} lacks. */
  static final int CUT_OFF = 8;

  private final String shown;
  private final String what;

  Caller(String shown, String what) {
    this.shown = shown;
    this.what = what;
  }

  /** Returns a description of the token for messages. */
  public String what() {
    return what;
  }

  /** Returns the text that stands for the token in curl commands and reports. */
  public String shown() {
    return shown;
  }

  /** Returns the name of the environment variable that contains the token. */
  public String variable() {
    return shown.substring(1);
  }
}
