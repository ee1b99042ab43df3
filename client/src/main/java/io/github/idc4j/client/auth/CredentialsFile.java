package io.github.idc4j.client.auth;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import io.github.idc4j.client.error.CredentialsException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The file of credentials as JSON. What is in it and not understood here is kept as it is. */
final class CredentialsFile {

  private static final String AGAIN = "; log in again with IDC's idc_auth.py";

  private final Path path;

  CredentialsFile(Path path) {
    this.path = path;
  }

  /**
   * Reads the file.
   *
   * @throws CredentialsException if there is none, or it is no JSON object
   */
  Map<String, @Nullable Object> read() {
    String text;
    try {
      text = Files.readString(path);
    } catch (NoSuchFileException e) {
      throw problem("does not exist" + AGAIN + ", or name another with IDC_CREDENTIALS", e);
    } catch (AccessDeniedException e) {
      throw problem("may not be read by this user", e);
    } catch (IOException e) {
      throw problem(
          Files.isDirectory(path) ? "is a folder" : "can't be read: " + e.getMessage(), e);
    }
    if (text.isBlank()) {
      throw problem("is empty" + AGAIN, null);
    }
    return parse(text).orElseThrow(() -> problem("is not a JSON object" + AGAIN, null));
  }

  /** Reads a JSON object; what is wrong with one that is none is not told, as it may be secret. */
  static Optional<Map<String, @Nullable Object>> parse(String text) {
    try (Buffer buffer = new Buffer().writeUtf8(text);
        JsonReader reader = JsonReader.of(buffer)) {
      return value(reader) instanceof Map<?, ?> object
              && reader.peek() == JsonReader.Token.END_DOCUMENT
          ? Optional.of(objectOf(object))
          : Optional.empty();
    } catch (IOException | JsonDataException e) {
      return Optional.empty();
    }
  }

  CredentialsException problem(String problem, @Nullable Throwable cause) {
    return new CredentialsException("The credentials file " + path + " " + problem + ".", cause);
  }

  CredentialsException lacking(String member) {
    return problem("has no " + member + AGAIN, null);
  }

  CredentialsException unusable(String problem) {
    return problem(problem + AGAIN, null);
  }

  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> objectOf(Map<?, ?> object) {
    return (Map<String, @Nullable Object>) object;
  }

  /** Numbers keep all their digits, unlike with Moshi's own reading of any value. */
  private static @Nullable Object value(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
          object.put(reader.nextName(), value(reader));
        }
        reader.endObject();
        yield object;
      }
      case BEGIN_ARRAY -> {
        List<@Nullable Object> array = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
          array.add(value(reader));
        }
        reader.endArray();
        yield array;
      }
      case NUMBER -> new BigDecimal(reader.nextString());
      default -> reader.readJsonValue();
    };
  }

  /** Replaces the file as a whole, readable for its owner only. */
  void write(Map<String, @Nullable Object> contents) throws IOException {
    // A link stays one.
    Path real = path.toRealPath();
    Path folder = real.toAbsolutePath().getParent();
    boolean posix = Files.getFileStore(real).supportsFileAttributeView("posix");
    FileAttribute<?>[] ownerOnly =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Path unfinished = Files.createTempFile(folder, ".idc_credentials", ".tmp", ownerOnly);
    try {
      Files.writeString(unfinished, json(contents), StandardCharsets.UTF_8);
      Files.move(
          unfinished, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static String json(Map<String, @Nullable Object> contents) throws IOException {
    try (Buffer buffer = new Buffer();
        JsonWriter writer = JsonWriter.of(buffer)) {
      writer.setSerializeNulls(true);
      writer.jsonValue(contents);
      return buffer.readUtf8();
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
