package io.github.idc4j.conformance.internal.http;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Whose token a request carries. */
public enum Caller {
  /** Nobody's; the request is anonymous. */
  NONE("", "token"),
  /** The first user's. */
  FIRST("$IDC4J_TOKEN", "ID token"),
  /** The second user's. */
  SECOND("$IDC4J_SECOND_TOKEN", "ID token of a second user"),
  /** The first user's after its hour. */
  EXPIRED("$IDC4J_EXPIRED_TOKEN", "ID token that has expired"),
  /** Of a user whom the service does not know. */
  STRANGER("$IDC4J_STRANGER_TOKEN", "ID token of a user without an account"),
  /** A good ID token without an e-mail address. */
  NAMELESS("$IDC4J_NAMELESS_TOKEN", "ID token without an e-mail address"),
  /** The first user's without its last characters, of which the signature is part. */
  CUT("${IDC4J_TOKEN%????????}", "ID token that is cut short"),
  /** Something that is no token. */
  GARBLED("not.a.token", "text that is no token");

  /** Those whose token a run may be given. */
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

  /** Returns what it is, in words. */
  public String what() {
    return what;
  }

  /** Returns what a curl line has in its place; never a token. */
  public String shown() {
    return shown;
  }

  /** Returns the variable of the environment that gives the token. */
  public String variable() {
    return shown.substring(1);
  }
}
