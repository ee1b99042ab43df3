package io.github.idc4j.site;

import io.github.idc4j.openapi.IdcOpenApi;
import io.github.idc4j.openapi.IdcOpenApi.Form;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A file that the site offers for download.
 *
 * @param name the name of the file
 * @param kilobytes the size of the file, in units of 1000 bytes
 * @param sha256 the SHA-256 of the file, in hexadecimal
 */
record Download(String name, long kilobytes, String sha256) {

  /**
   * Copies all forms of the spec, the workflows, the collections and the attribute catalogue into a
   * folder.
   */
  static List<Download> writeDocuments(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Download> downloads = new ArrayList<>();
    for (Form form : Form.values()) {
      for (URL url : List.of(IdcOpenApi.specYaml(form), IdcOpenApi.specJson(form))) {
        downloads.add(write(url, folder));
      }
    }
    for (URL url :
        List.of(
            IdcOpenApi.workflows(),
            IdcOpenApi.postmanCollection(),
            IdcOpenApi.brunoCollection(),
            IdcOpenApi.attributes())) {
      downloads.add(write(url, folder));
    }
    return downloads;
  }

  static Download write(URL url, Path folder) throws IOException {
    byte[] bytes;
    try (InputStream in = url.openStream()) {
      bytes = in.readAllBytes();
    }
    String name = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
    Files.write(folder.resolve(name), bytes);
    return new Download(name, Math.round(bytes.length / 1000.0), sha256(bytes));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
