package io.github.idc4j.service.state;

import io.github.idc4j.service.auth.KeyFile;
import io.github.idc4j.service.auth.KeyFileException;
import io.github.idc4j.service.auth.Keys;
import io.github.idc4j.service.cohort.AccountStore;
import io.github.idc4j.service.cohort.DuckDbAccounts;
import io.github.idc4j.service.data.Database;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder with the state of a service. One service at a time uses it. The operating system
 * releases the lock of a service that is killed.
 */
public final class StateFolder implements State {

  /** The file that marks the folder as a state folder. It contains the format, and is the lock. */
  private static final String MARKER = "idc4j-state";

  private static final String FORMAT = "1\n";

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private final Path path;
  private final FileChannel lock;

  private StateFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Opens a folder, and creates it for this user only if it does not exist.
   *
   * @throws StateException if the folder cannot be used, has other files, has another format, or if
   *     another service uses it
   */
  public static StateFolder open(Path path) throws StateException {
    try {
      if (Files.isSymbolicLink(path) && !Files.exists(path)) {
        throw new StateException(
            "The state folder "
                + path
                + " is a symbolic link to a folder that does not exist. Create that folder, or"
                + " choose another one.",
            null);
      }
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw new StateException(
            "The state folder "
                + path
                + " is a file. Choose the path of a folder; the service creates it.",
            null);
      }
      create(path);
      requireOwn(path);
      requirePrivate(path);
      return lock(path);
    } catch (StateException e) {
      throw e;
    } catch (IOException e) {
      throw new StateException(
          "Cannot use the state folder "
              + path
              + " ("
              + e
              + "). Check that you can write to it, or choose another folder.",
          e);
    }
  }

  private static void create(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (!Files.exists(path) && parent != null) {
      Files.createDirectories(parent);
      FileAttribute<?>[] attributes =
          Files.getFileStore(parent).supportsFileAttributeView("posix")
              ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
              : new FileAttribute<?>[0];
      Files.createDirectories(path, attributes);
    }
  }

  private static void requirePrivate(Path path) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view != null && !OWNER.containsAll(view.readAttributes().permissions())) {
      throw new StateException(
          "Other users have permissions for the state folder "
              + path
              + ", which has accounts and keys. Run: chmod 700 "
              + path,
          null);
    }
  }

  private static void requireOwn(Path path) throws IOException {
    Set<String> names;
    try (Stream<Path> files = Files.list(path)) {
      names = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
    if (!names.isEmpty() && !names.contains(MARKER)) {
      throw new StateException(
          "The folder "
              + path
              + " is not a state folder: it has other files, but not the file "
              + MARKER
              + ". Choose an empty folder, or a path at which no folder exists.",
          null);
    }
  }

  private static StateFolder lock(Path path) throws IOException {
    FileChannel marker =
        FileChannel.open(
            path.resolve(MARKER),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (!isLocked(marker)) {
        throw new StateException(
            "Another service uses the state folder "
                + path
                + ". Stop that service, or choose another folder. Services share a state only in"
                + " PostgreSQL.",
            null);
      }
      requireFormat(path, marker);
      return new StateFolder(path, marker);
    } catch (IOException e) {
      marker.close();
      throw e;
    }
  }

  private static boolean isLocked(FileChannel marker) throws IOException {
    try {
      return marker.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void requireFormat(Path path, FileChannel marker) throws IOException {
    if (marker.size() == 0) {
      marker.write(ByteBuffer.wrap(FORMAT.getBytes(StandardCharsets.US_ASCII)), 0);
      marker.force(true);
      return;
    }
    ByteBuffer content = ByteBuffer.allocate(FORMAT.length() + 1);
    marker.read(content, 0);
    if (!StandardCharsets.US_ASCII.decode(content.flip()).toString().equals(FORMAT)) {
      throw new StateException(
          "The state folder "
              + path
              + " is damaged, or a newer version of idc4j wrote it: its file "
              + MARKER
              + " has another content. Use that version, restore the folder from a copy, or choose"
              + " another folder.",
          null);
    }
  }

  @Override
  public Keys keys() throws KeyFileException {
    return KeyFile.open(path.resolve("keys"));
  }

  @Override
  public AccountStore accounts(Database database) throws StateException {
    Path file = path.resolve("accounts.duckdb");
    try {
      return new DuckDbAccounts(database, Optional.of(file));
    } catch (SQLException e) {
      throw new StateException(
          "The state folder "
              + path
              + " is damaged: its accounts in "
              + file
              + " cannot be read ("
              + e.getMessage().lines().findFirst().orElse("")
              + "). Restore the folder from a copy, or choose another folder.",
          e);
    }
  }

  @Override
  public Optional<Path> results() {
    return Optional.of(path.resolve("results"));
  }

  @Override
  public void close() throws IOException {
    // Closing the channel releases the lock.
    lock.close();
  }
}
