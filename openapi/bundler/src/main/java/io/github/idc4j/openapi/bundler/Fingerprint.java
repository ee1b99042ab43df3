package io.github.idc4j.openapi.bundler;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Computes the fingerprint of the contract. The fingerprint is the SHA-256 of the bundled spec as
 * UTF-8 JSON without white space, with the members of each object sorted, and without {@code
 * info.x-sha256}. Each form of the spec contains the fingerprint as {@code info.x-sha256}.
 */
public final class Fingerprint {

  private static final String MEMBER = "x-sha256";
  private static final JsonMapper CANONICAL =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  private Fingerprint() {}

  /** Returns the fingerprint of a document. Ignores the {@code info.x-sha256} in the document. */
  public static String of(ObjectNode document) {
    ObjectNode copy = document.deepCopy();
    copy.withObjectProperty("info").remove(MEMBER);
    return sha256(CANONICAL.writeValueAsString(copy));
  }

  /** Writes the fingerprint of a document into the document. Returns the fingerprint. */
  static String stamp(ObjectNode document) {
    String fingerprint = of(document);
    document.withObjectProperty("info").put(MEMBER, fingerprint);
    return fingerprint;
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JDK has SHA-256.
    }
  }
}
