package io.github.idc4j.openapi.bundler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the folder of an npm package that contains the OpenAPI documents, ready for {@code npm
 * publish}.
 */
final class NpmPackage {

  private static final String NAME = "idc4j-openapi";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private NpmPackage() {}

  /**
   * Writes the files of the package into the folder. Overwrites files that already exist.
   *
   * @param readme the file from which to make the README of the package
   * @param documents the documents to copy into the package
   */
  static void write(
      Path folder, ObjectNode document, Path readme, Path license, List<Path> documents)
      throws IOException {
    Files.createDirectories(folder);
    ObjectNode info = document.withObjectProperty("info");
    ObjectNode description = JSON.createObjectNode();
    description
        .put("name", NAME)
        .put("version", info.get("version").asString())
        .put("description", info.get("title").asString() + ": OpenAPI documents")
        .put("license", info.at("/license/name").asString())
        .put("main", "./idc-v1.json");
    ObjectNode exports = description.putObject("exports").put(".", "./idc-v1.json");
    ArrayNode files = description.putArray("files");
    for (Path file : documents) {
      String name = file.getFileName().toString();
      exports.put("./" + name, "./" + name);
      files.add(name);
      copy(file, folder.resolve(name));
    }
    // Replace relative links with their text, because the package lacks the linked files.
    String page = Files.readString(readme).replaceAll("\\[([^\\]]+)]\\(\\.\\./[^)]*\\)", "$1");
    Files.writeString(folder.resolve("README.md"), page);
    copy(license, folder.resolve("LICENSE"));
    Files.writeString(folder.resolve("package.json"), JSON.writeValueAsString(description) + "\n");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }
}
