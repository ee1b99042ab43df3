package io.github.idc4j.cli.login;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tokens of a user who has signed in. Immutable. */
public final class Tokens {

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final JsonNode response;
  private final JWTClaimsSet claims;
  private final Program program;
  private final URI tokenUri;

  /**
   * Creates an instance.
   *
   * @param response the response of the issuer
   * @param claims the claims of the ID token
   * @param program the program that the user signed in with
   * @param tokenUri the URL that renews the tokens
   */
  Tokens(JsonNode response, JWTClaimsSet claims, Program program, URI tokenUri) {
    this.response = response;
    this.claims = claims;
    this.program = program;
    this.tokenUri = tokenUri;
  }

  /** Returns the e-mail address of the user; empty if the issuer did not provide it. */
  public Optional<String> email() {
    return claims.getClaim("email") instanceof String email ? Optional.of(email) : Optional.empty();
  }

  /** Returns whether the tokens can be renewed when they expire. */
  public boolean canBeRenewed() {
    return response.path("refresh_token").isString();
  }

  /**
   * Writes a credentials file, as IDC's {@code idc_auth.py} does with Python's {@code
   * oauth2client}. Replaces an existing file atomically. Only the owner can read the file.
   *
   * @throws IOException if the file cannot be written
   */
  public void write(Path file) throws IOException {
    // If the path is a symbolic link, the file that it points to is replaced, not the link.
    Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path folder = real.getParent();
    boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
    FileAttribute<?>[] attributes =
        posix ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0];
    Path unfinished = Files.createTempFile(folder, ".idc_credentials", ".tmp", attributes);
    try {
      Files.writeString(unfinished, JsonMapper.shared().writeValueAsString(contents()));
      Files.move(
          unfinished, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** Returns whether a file has credentials in the format of IDC's login script. */
  public static boolean areIn(Path file) throws IOException {
    try {
      JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
      return json.has("token_response") || json.has("id_token_jwt");
    } catch (JacksonException e) {
      return false;
    }
  }

  private Map<String, Object> contents() {
    Map<String, Object> contents = new LinkedHashMap<>();
    contents.put("access_token", text("access_token"));
    contents.put("client_id", program.clientId());
    contents.put("client_secret", program.secret().orElse(null));
    contents.put("refresh_token", text("refresh_token"));
    contents.put(
        "token_expiry",
        claims.getExpirationTime().toInstant().truncatedTo(ChronoUnit.SECONDS).toString());
    contents.put("token_uri", tokenUri.toString());
    contents.put("user_agent", null);
    contents.put("revoke_uri", null);
    contents.put("id_token", claims.toJSONObject());
    contents.put("id_token_jwt", text("id_token"));
    contents.put("token_response", response);
    contents.put("scopes", List.of(response.path("scope").asString("").split(" ")));
    contents.put("token_info_uri", null);
    contents.put("invalid", false);
    // Python's oauth2client selects its classes by these names.
    contents.put("_class", "OAuth2Credentials");
    contents.put("_module", "oauth2client.client");
    return contents;
  }

  /** Returns a member of the response as a string, or null. */
  private String text(String member) {
    return response.path(member).asString(null);
  }

  @Override
  public String toString() {
    return "Tokens of " + email().orElse("a user");
  }
}
