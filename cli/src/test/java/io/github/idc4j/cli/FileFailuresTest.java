package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileFailuresTest {

  static Stream<Arguments> reasonsAreMoreThanAPath() {
    return Stream.of(
        Arguments.of(new AccessDeniedException("/a"), "you have no permission for /a"),
        Arguments.of(new NoSuchFileException("/a"), "/a does not exist"),
        Arguments.of(
            new FileAlreadyExistsException("/a"), "a file with the path /a already exists"),
        Arguments.of(new FileSystemException("/a"), "the operating system refuses access to /a"),
        Arguments.of(
            new FileSystemException("/a", null, "No space left on device"),
            "/a: No space left on device"),
        Arguments.of(new IOException("connection lost"), "connection lost"));
  }

  @ParameterizedTest
  @MethodSource
  void reasonsAreMoreThanAPath(IOException failure, String reason) {
    assertThat(FileFailures.reason(failure)).isEqualTo(reason);
  }
}
