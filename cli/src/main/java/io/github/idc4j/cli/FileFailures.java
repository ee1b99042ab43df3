package io.github.idc4j.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Describes failures to read or write a file. */
final class FileFailures {

  private FileFailures() {}

  /**
   * Returns the reason of a failure, without a final period. The message of a {@link
   * FileSystemException} alone can be just the path of the file.
   */
  static String reason(IOException e) {
    if (e instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    if (!(e instanceof FileSystemException failure) || failure.getReason() != null) {
      return String.valueOf(e.getMessage());
    }
    String file = failure.getFile();
    if (e instanceof AccessDeniedException) {
      return "you have no permission for " + file;
    }
    if (e instanceof NoSuchFileException) {
      return file + " does not exist";
    }
    return e instanceof FileAlreadyExistsException
        ? "a file with the path " + file + " already exists"
        : "the operating system refuses access to " + file;
  }
}
