package io.github.idc4j.openapi.bundler;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Bundles the spec files into one OpenAPI document.
 *
 * <p>A reference may point into {@code schemas/}, {@code parameters.yaml}, {@code responses.yaml},
 * {@code links.yaml} or {@code examples/}. The target of such a reference becomes a component. The
 * name of the component is its key in the file, and the kind of the component is the name of the
 * folder or file, such as {@code schemas}. A reference into {@code paths/} or {@code inline/} is
 * replaced with its target.
 *
 * <p>An object with {@code x-catalogue} is completed from the {@link Catalogue}. In a list of
 * parameters, an item with {@code x-catalogue: manifest-parameters} is replaced with one parameter
 * for each manifest column.
 */
final class Bundler {

  private static final YAMLMapper YAML = new YAMLMapper();

  private final Catalogue catalogue;
  private final Map<Path, JsonNode> files = new HashMap<>();
  private final Map<String, Map<String, JsonNode>> components = new TreeMap<>();
  private final Map<String, Path> componentFiles = new HashMap<>();

  Bundler(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  ObjectNode bundle(Path entry) {
    Path file = entry.toAbsolutePath().normalize();
    Path root = file.getParent();
    ObjectNode document = (ObjectNode) resolve(load(file), file, root);
    ObjectNode merged = document.withObjectProperty("components");
    components.forEach((kind, byName) -> byName.forEach(merged.withObjectProperty(kind)::set));
    return document;
  }

  private JsonNode resolve(JsonNode node, Path file, Path root) {
    if (node instanceof ObjectNode object) {
      JsonNode reference = object.get("$ref");
      if (reference != null) {
        return resolveReference(reference.asString(), file, root);
      }
      ObjectNode resolved = JsonNodeFactory.instance.objectNode();
      object.forEachEntry((key, value) -> resolved.set(key, resolve(value, file, root)));
      JsonNode table = resolved.remove("x-catalogue");
      if (table != null) {
        catalogue.complete(resolved, table.asString());
      }
      return resolved;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
      for (JsonNode item : array) {
        if (item.path("x-catalogue").asString("").equals("manifest-parameters")) {
          catalogue.manifestParameters().forEach(resolved::add);
        } else {
          resolved.add(resolve(item, file, root));
        }
      }
      return resolved;
    }
    return node;
  }

  private JsonNode resolveReference(String reference, Path file, Path root) {
    int hash = reference.indexOf("#/");
    if (hash < 0) {
      throw new IllegalArgumentException(file + ": $ref without #/: " + reference);
    }
    Path target = hash == 0 ? file : file.resolveSibling(reference.substring(0, hash)).normalize();
    String name = reference.substring(hash + 2);
    JsonNode found = load(target).get(name);
    if (found == null) {
      throw new IllegalArgumentException(file + ": $ref to nothing: " + reference);
    }
    String kind = root.relativize(target).getName(0).toString().replace(".yaml", "");
    if (kind.equals("paths") || kind.equals("inline")) {
      return resolve(found, target, root);
    }
    component(kind, name, found, target, root);
    return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/" + kind + "/" + name);
  }

  private void component(String kind, String name, JsonNode found, Path target, Path root) {
    Path before = componentFiles.putIfAbsent(kind + "/" + name, target);
    if (before == null) {
      // Register the name before resolving the component, so that a schema may refer to itself.
      JsonNode resolved = resolve(found, target, root);
      components.computeIfAbsent(kind, unused -> new TreeMap<>()).put(name, resolved);
    } else if (!before.equals(target)) {
      throw new IllegalArgumentException(
          kind + "/" + name + " is defined in " + before + " and in " + target);
    }
  }

  private JsonNode load(Path file) {
    return files.computeIfAbsent(
        file,
        path -> {
          if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("No such file: " + path);
          }
          return YAML.readTree(path);
        });
  }
}
