package io.github.idc4j.client.auth;

import io.github.idc4j.client.error.CredentialsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the credentials file. Members that this library does not use remain unchanged.
 */
final class CredentialsFile {

  private static final String LOG_IN = " Log in again with IDC's idc_auth.py.";
  private static final int MAX_BYTES = 1 << 20;

  /**
   * The number of times that an incomplete file is read before reading fails. A program that does
   * not replace the file atomically leaves it incomplete for a moment.
   */
  private static final int READS = 6;

  private static final long PAUSE_MILLIS = 50;

  private final Path path;

  CredentialsFile(Path path) {
    this.path = path;
  }

  /**
   * Reads the file.
   *
   * @throws CredentialsException if the file does not exist, can't be read, or is not a JSON object
   */
  Map<String, @Nullable Object> read() {
    for (int read = 1; ; read++) {
      String text = text();
      Optional<Map<String, @Nullable Object>> contents = JsonObjects.parse(text);
      if (contents.isPresent()) {
        return contents.get();
      }
      if (read == READS) {
        throw problem((text.isBlank() ? "is empty." : "is not a JSON object.") + LOG_IN, null);
      }
      pause();
    }
  }

  private String text() {
    // Opening a pipe would block until another program writes to it.
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw problem("is not a regular file." + LOG_IN, null);
    }
    try (InputStream file = Files.newInputStream(path)) {
      byte[] bytes = file.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw problem("is larger than " + MAX_BYTES + " bytes." + LOG_IN, null);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw problem(
          "does not exist."
              + LOG_IN
              + " If the file is elsewhere, name it in the environment variable IDC_CREDENTIALS.",
          e);
    } catch (AccessDeniedException e) {
      throw problem("is not readable for this user. Change its owner or permissions.", e);
    } catch (IOException e) {
      throw problem("could not be read: " + e.getMessage() + ".", e);
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw problem("could not be read: the thread was interrupted.", e);
    }
  }

  CredentialsException problem(String problem, @Nullable Throwable cause) {
    return new CredentialsException("The credentials file " + path + " " + problem, cause);
  }

  CredentialsException lacking(String member) {
    return problem("has no " + member + "." + LOG_IN, null);
  }

  CredentialsException unusable(String problem) {
    return problem(problem + "." + LOG_IN, null);
  }

  /** Replaces the file atomically. Only its owner can read the new file. */
  void write(Map<String, @Nullable Object> contents) throws IOException {
    // If the path is a symbolic link, the file that it points to is replaced, not the link.
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
      Files.write(unfinished, JsonObjects.json(contents).getBytes(StandardCharsets.UTF_8));
      Files.move(
          unfinished, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
