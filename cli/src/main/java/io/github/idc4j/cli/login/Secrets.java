package io.github.idc4j.cli.login;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secrets of one login. The state binds the redirect to the login, the nonce binds the ID
 * token, and the verifier binds the code.
 *
 * @param state sent to the issuer, which returns it with the redirect
 * @param nonce sent to the issuer, which returns it in the ID token
 * @param verifier sent to the issuer with the code; before that, the issuer has only its hash
 */
record Secrets(String state, String nonce, String verifier) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  static Secrets create() {
    return new Secrets(random(), random(), random());
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return base64(bytes);
  }

  /** Returns the SHA-256 of the verifier. */
  String challenge() {
    try {
      return base64(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "Secrets of a login";
  }
}
