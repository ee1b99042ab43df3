package io.github.idc4j.service.query;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Converts positions to page tokens and back.
 *
 * <p>A page token is a position, encrypted with AES-GCM. Clients do not have the key, so they can
 * neither read nor change a page token. Instances with the same key accept each other's page
 * tokens. The page token contains a hash of its user, so other users cannot use the page token. All
 * page tokens have 308 characters.
 */
public final class PageTokens {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /**
   * The size of a position with padding. The padding is needed because page tokens of version 1
   * have 290 to 500 characters.
   */
  private static final int PLAIN_BYTES = 201;

  private final SecureRandom random = new SecureRandom();
  private final SecretKey key;

  /** Creates an instance with an AES key. */
  public PageTokens(SecretKey key) {
    this.key = key;
  }

  /** Returns a page token for a position. Each call returns a different token. */
  public String token(Position position) {
    byte[] plain =
        ByteBuffer.allocate(PLAIN_BYTES)
            .put(position.family().code())
            .putLong(position.walk().getMostSignificantBits())
            .putLong(position.walk().getLeastSignificantBits())
            .putLong(position.row())
            .put(hash(position.user()))
            .array();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain);
      return Base64.getUrlEncoder()
          .encodeToString(
              ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns the position that a page token stands for; empty if the token was not created with the
   * key of this instance, or was created for another user.
   */
  public Optional<Position> position(String token, String user) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      // The decoder accepts missing padding and extra bits at the end.
      boolean exact = Base64.getUrlEncoder().encodeToString(bytes).equals(token);
      if (!exact || bytes.length != NONCE_BYTES + PLAIN_BYTES + TAG_BITS / 8) {
        return Optional.empty();
      }
      byte[] nonce = new byte[NONCE_BYTES];
      ByteBuffer.wrap(bytes).get(nonce);
      ByteBuffer plain =
          ByteBuffer.wrap(
              cipher(Cipher.DECRYPT_MODE, nonce)
                  .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES));
      Family family = Family.of(plain.get());
      UUID walk = new UUID(plain.getLong(), plain.getLong());
      long row = plain.getLong();
      byte[] owner = new byte[hash("").length];
      plain.get(owner);
      return MessageDigest.isEqual(owner, hash(user))
          ? Optional.of(new Position(family, user, walk, row))
          : Optional.empty();
    } catch (IllegalArgumentException | BufferUnderflowException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private static byte[] hash(String user) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(user.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
