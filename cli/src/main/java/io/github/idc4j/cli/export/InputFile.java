package io.github.idc4j.cli.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text file that an option names, in UTF-8. The name {@code -} is the standard input.
 *
 * @param name what messages call the file
 * @param text the content
 */
record InputFile(String name, String text) {

  /**
   * Reads a file. Removes the byte order mark, which some programs on Windows write.
   *
   * @throws IOException if it cannot be read, or is not UTF-8
   */
  static InputFile read(Path file) throws IOException {
    if (!file.toString().equals("-")) {
      return new InputFile(file.toString(), withoutMark(Files.readString(file)));
    }
    ByteBuffer bytes = ByteBuffer.wrap(System.in.readAllBytes());
    return new InputFile(
        "The standard input", withoutMark(UTF_8.newDecoder().decode(bytes).toString()));
  }

  private static String withoutMark(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
