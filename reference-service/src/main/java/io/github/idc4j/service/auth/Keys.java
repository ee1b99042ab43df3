package io.github.idc4j.service.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of a service. Services with the same keys accept each other's page tokens and ID tokens.
 *
 * @param pageTokens the AES key that encrypts page tokens
 * @param issuer the key pair that signs the ID tokens of the development issuer
 */
public record Keys(SecretKey pageTokens, ECKey issuer) {

  private static final int PART_BYTES = 32;

  /**
   * The number of bytes of the keys: the AES key, the private key of the issuer, and the two
   * coordinates of its public key.
   */
  static final int BYTES = 4 * PART_BYTES;

  /** Returns new random keys. */
  public static Keys random() {
    byte[] secret = new byte[PART_BYTES];
    new SecureRandom().nextBytes(secret);
    try {
      return new Keys(aes(secret), new ECKeyGenerator(Curve.P_256).generate());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SecretKey aes(byte[] secret) {
    return new SecretKeySpec(secret, "AES");
  }

  /**
   * Returns the keys that {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are damaged or have another length
   */
  public static Keys of(ByteBuffer bytes) {
    if (bytes.remaining() != BYTES) {
      throw new IllegalArgumentException("Keys have " + BYTES + " bytes");
    }
    byte[] secret = new byte[PART_BYTES];
    bytes.get(secret);
    Base64URL d = part(bytes);
    try {
      return new Keys(
          aes(secret), new ECKey.Builder(Curve.P_256, part(bytes), part(bytes)).d(d).build());
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Base64URL part(ByteBuffer bytes) {
    byte[] part = new byte[PART_BYTES];
    bytes.get(part);
    return Base64URL.encode(part);
  }

  /** Returns the keys as bytes, which {@link #of} reads. Keep them secret. */
  public ByteBuffer toBytes() {
    return ByteBuffer.allocate(BYTES)
        .put(pageTokens.getEncoded())
        .put(issuer.getD().decode())
        .put(issuer.getX().decode())
        .put(issuer.getY().decode())
        .flip();
  }
}
