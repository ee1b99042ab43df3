package io.github.idc4j.openapi.bundler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Generates the files of the contract from the spec files:
 *
 * <ul>
 *   <li>the forms of the OpenAPI document: bundled, without references, in OpenAPI 3.1, and
 *       loosened for code generators. Each form is written as YAML and as JSON, and contains the
 *       fingerprint of the contract.
 *   <li>a properties file with the version and the fingerprint of the contract.
 *   <li>collections for Postman and Bruno.
 *   <li>an npm package with the forms, the workflows and the collections.
 * </ul>
 */
public final class Main {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .disable(YAMLWriteFeature.SPLIT_LINES)
          .build();
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Main() {}

  /**
   * Generates the files.
   *
   * @param args the spec folder, which contains {@code src/main/openapi/idc-v1.yaml}; the output
   *     folder for the documents, which must already contain {@code idc-v1.arazzo.yaml}; and the
   *     output folder for the npm package
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException("usage: <spec folder> <output folder> <npm folder>");
    }
    Path spec = Path.of(args[0]);
    Path output = Files.createDirectories(Path.of(args[1]));
    Path tables = spec.resolve("src/main/resources/io/github/idc4j/openapi");
    ObjectNode bundle =
        new Bundler(Catalogue.read(tables)).bundle(spec.resolve("src/main/openapi/idc-v1.yaml"));
    String fingerprint = Fingerprint.stamp(bundle);

    Map<String, ObjectNode> forms = new LinkedHashMap<>();
    forms.put("idc-v1", bundle);
    forms.put("idc-v1-dereferenced", Dereferencer.dereferenced(bundle));
    forms.put("idc-v1-openapi-3.1", OpenApi31.of(bundle));
    forms.put("idc-v1-generators", GeneratorsForm.of(bundle));
    List<Path> documents = new ArrayList<>();
    for (Map.Entry<String, ObjectNode> form : forms.entrySet()) {
      String json = JSON.writeValueAsString(form.getValue()) + "\n";
      String yaml = YAML.writeValueAsString(form.getValue());
      documents.add(Files.writeString(output.resolve(form.getKey() + ".json"), json));
      documents.add(Files.writeString(output.resolve(form.getKey() + ".yaml"), yaml));
    }
    documents.add(output.resolve("idc-v1.arazzo.yaml"));
    documents.add(
        Files.writeString(
            output.resolve("idc-v1.postman_collection.json"),
            JSON.writeValueAsString(PostmanCollection.of(bundle)) + "\n"));
    Path bruno = output.resolve("idc-v1.bruno.zip");
    Zip.write(bruno, BrunoCollection.of(bundle));
    documents.add(bruno);
    Files.writeString(
        output.resolve("contract.properties"),
        "version=" + bundle.at("/info/version").asString() + "\nsha256=" + fingerprint + "\n");
    NpmPackage.write(
        Path.of(args[2]),
        bundle,
        spec.resolve("README.md"),
        spec.resolveSibling("LICENSE"),
        documents);
  }
}
