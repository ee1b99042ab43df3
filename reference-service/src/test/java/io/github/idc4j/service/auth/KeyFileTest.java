package io.github.idc4j.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import io.github.idc4j.service.MovableClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

  @TempDir Path folder;

  private final MovableClock clock = new MovableClock();

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @RepeatedTest(50)
  void keysAreKept() throws Exception {
    Path file = folder.resolve("keys");
    Keys keys = KeyFile.open(file);

    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(KeyFile.open(file)).isEqualTo(keys);
    String token =
        new Issuer(keys.issuer(), clock)
            .issue(URI.create("http://127.0.0.1:8080"), "me@example.org", Duration.ofMinutes(1));
    assertThat(new Issuer(KeyFile.open(file).issuer(), clock).verifier().verify(token, false))
        .isEqualTo(new Caller.User("me@example.org"));
  }

  @Test
  void eachNewFileHasItsOwnKeys() throws IOException {
    Keys keys = KeyFile.open(folder.resolve("one"));

    assertThat(KeyFile.open(folder.resolve("other")).pageTokens()).isNotEqualTo(keys.pageTokens());
  }

  @RepeatedTest(20)
  void servicesThatStartAtOnceAgree() throws InterruptedException, KeyFileException {
    Path file = folder.resolve("keys");
    int count = 8;
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      Callable<Keys> start = () -> KeyFile.open(file);
      List<Future<Keys>> keys =
          threads.invokeAll(Stream.generate(() -> start).limit(count).toList());

      assertThat(keys).extracting(Future::get).containsOnly(KeyFile.open(file));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void processesThatStartAtOnceAgree() throws IOException, InterruptedException, JOSEException {
    Path file = folder.resolve("keys");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Printer.class.getName(),
                  file.toString())
              .redirectErrorStream(true)
              .start());
    }
    List<String> printed = new ArrayList<>();
    for (Process process : processes) {
      printed.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      assertThat(process.waitFor()).isZero();
    }

    assertThat(printed.stream().collect(Collectors.toSet()))
        .containsExactly(KeyFile.open(file).issuer().computeThumbprint().toString());
  }

  /** Prints the thumbprint of the issuer's key. */
  static final class Printer {
    private Printer() {}

    public static void main(String[] args) throws Exception {
      System.out.print(KeyFile.open(Path.of(args[0])).issuer().computeThumbprint());
    }
  }

  @Test
  void anEmptyFileGetsKeys() throws IOException {
    Path file =
        Files.createFile(
            folder.resolve("keys"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));

    assertThat(KeyFile.open(file)).isEqualTo(KeyFile.open(file));
    assertThat(file).hasSize(KeyFile.BYTES);
  }

  private static final String REMEDY =
      ". If this is the right path, restore the file from a copy, or from a service that shares it."
          + " Without a copy, delete the file: the service then creates new keys, and tokens issued"
          + " before are invalid.";

  @ParameterizedTest
  @ValueSource(ints = {1, 32, 128, 135, 137})
  void aFileOfAnotherSizeIsRefused(int length) throws IOException {
    Path file = folder.resolve("keys");
    KeyFile.open(file);
    byte[] bytes = Arrays.copyOf(Files.readAllBytes(file), length);
    Files.write(file, bytes);

    assertThatExceptionOfType(KeyFileException.class)
        .isThrownBy(() -> KeyFile.open(file))
        .withMessage("The key file %s has %d bytes instead of 136%s", file, length, REMEDY);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void aFileWithAnyChangedByteIsRefused() throws IOException {
    Path file = folder.resolve("keys");
    KeyFile.open(file);
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 1;
      Files.write(file, bytes);

      assertThatExceptionOfType(KeyFileException.class)
          .as("changed byte %d", i)
          .isThrownBy(() -> KeyFile.open(file))
          .withMessage(
              "The key file %s does not match its checksum, so it has been changed or damaged%s",
              file, REMEDY);
      bytes[i] ^= 1;
    }
    Files.write(file, bytes);
    assertThat(KeyFile.open(file)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
  void aFileThatOthersCanUseIsRefused(String permissions) throws IOException {
    Path file = folder.resolve("keys");
    KeyFile.open(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

    assertThatExceptionOfType(KeyFileException.class)
        .isThrownBy(() -> KeyFile.open(file))
        .withMessageContaining("chmod 600 " + file);
  }

  @Test
  void aFolderIsRefused() {
    assertThatExceptionOfType(KeyFileException.class)
        .isThrownBy(() -> KeyFile.open(folder))
        .withMessageContaining("The key file " + folder + " is not a regular file");
  }

  @Test
  void aMissingFolderIsNamed() {
    Path file = folder.resolve("missing").resolve("keys");

    assertThatExceptionOfType(KeyFileException.class)
        .isThrownBy(() -> KeyFile.open(file))
        .withMessageContaining(file + ", because its folder does not exist");
  }
}
