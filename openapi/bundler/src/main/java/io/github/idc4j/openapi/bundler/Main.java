package io.github.idc4j.openapi.bundler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Writes {@code <name>.yaml} and {@code <name>.json} from an entry document and the catalogue. */
public final class Main {

  private Main() {}

  /**
   * Bundles a spec.
   *
   * @param args the entry document, the folder of the catalogue's tables, and the output folder
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException("usage: <entry.yaml> <catalogue folder> <output folder>");
    }
    Path entry = Path.of(args[0]);
    Path output = Files.createDirectories(Path.of(args[2]));
    ObjectNode bundle = new Bundler(Catalogue.read(Path.of(args[1]))).bundle(entry);

    String name = entry.getFileName().toString().replace(".yaml", "");
    YAMLMapper yaml =
        YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .build();
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    Files.writeString(output.resolve(name + ".yaml"), yaml.writeValueAsString(bundle));
    Files.writeString(output.resolve(name + ".json"), json.writeValueAsString(bundle) + "\n");
  }
}
