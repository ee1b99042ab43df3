package io.github.idc4j.openapi.gate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the differences between two contracts, operation by operation. If several places refer to
 * the same component, the component is compared at each of these places. This shows whether a
 * difference affects a request or a response.
 */
final class Differences {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonNode MISSING = MissingNode.getInstance();

  private static final Site PATHS = Site.TOP.child("paths");

  /** Keywords whose values are lists in which the order does not matter. */
  private static final Set<String> SETS = Set.of("enum", "security");

  private final JsonNode before;
  private final JsonNode after;
  private final List<Difference> found = new ArrayList<>();

  /**
   * The references that led to the current place. They prevent endless recursion if a schema
   * contains itself.
   */
  private final Deque<String> followed = new ArrayDeque<>();

  private Differences(JsonNode before, JsonNode after) {
    this.before = before;
    this.after = after;
  }

  static List<Difference> between(ObjectNode before, ObjectNode after) {
    Differences differences = new Differences(before, after);
    Place top = new Place(Site.TOP, "", "");
    for (String key : names(before, after)) {
      if (!Set.of("info", "components", "servers").contains(key)) {
        differences.compare(top.child(key), before.path(key), after.path(key));
      }
    }
    differences.value(
        top.child("servers"), addresses(before.path("servers")), addresses(after.path("servers")));
    differences.schemaNames(top.child("components").child("schemas"));
    return differences.found;
  }

  /** A site, with its JSON pointers in the old and the new document. */
  private record Place(Site site, String oldPointer, String newPointer) {

    Place child(String key) {
      return child(key, key, key);
    }

    Place child(String step, String oldKey, String newKey) {
      return new Place(
          site.child(step), oldPointer + "/" + escaped(oldKey), newPointer + "/" + escaped(newKey));
    }

    private static String escaped(String key) {
      return key.replace("~", "~0").replace("/", "~1");
    }

    /**
     * Returns the same site, with pointers to the targets of the references. If a node is not a
     * reference, the pointer to that node does not change.
     */
    Place at(JsonNode oldNode, JsonNode newNode) {
      return new Place(
          site,
          oldNode.has("$ref") ? target(oldNode) : oldPointer,
          newNode.has("$ref") ? target(newNode) : newPointer);
    }
  }

  private void compare(Place place, JsonNode oldNode, JsonNode newNode) {
    if (oldNode.equals(newNode) && oldNode.findValue("$ref") == null) {
      return;
    }
    boolean otherName = !oldNode.path("$ref").equals(newNode.path("$ref"));
    if (otherName && isOtherClass(place, resolved(before, oldNode), resolved(after, newNode))) {
      add(place.child("$ref"), oldNode.path("$ref"), newNode.path("$ref"));
      return;
    }
    String name = newNode.path("$ref").asString("");
    if (name.isEmpty() || !followed.contains(name)) {
      followed.push(name);
      compareResolved(
          place.at(oldNode, newNode), resolved(before, oldNode), resolved(after, newNode));
      followed.pop();
    }
  }

  /**
   * Returns whether a different reference at this place means a different class in generated code.
   */
  private static boolean isOtherClass(Place place, JsonNode oldNode, JsonNode newNode) {
    return place.site().isSchema()
        && oldNode.isObject()
        && newNode.isObject()
        && (isClass(oldNode) || isClass(newNode));
  }

  private static boolean isClass(JsonNode schema) {
    return schema.path("type").asString("").equals("object")
        || schema.has("properties")
        || schema.has("enum")
        || Site.CHOICES.stream().anyMatch(schema::has);
  }

  private void compareResolved(Place place, JsonNode oldNode, JsonNode newNode) {
    if (oldNode instanceof ObjectNode oldObject && newNode instanceof ObjectNode newObject) {
      if (place.site().isSchema() && !oldNode.path("type").equals(newNode.path("type"))) {
        add(place.child("type"), oldNode.path("type"), newNode.path("type"));
      } else {
        for (String key : names(oldObject, newObject)) {
          member(place.child(key), oldObject, newObject);
        }
      }
    } else if (Site.CHOICES.contains(place.site().key()) && oldNode.size() == newNode.size()) {
      for (int i = 0; i < oldNode.size(); i++) {
        compare(place.child(String.valueOf(i)), oldNode.get(i), newNode.get(i));
      }
    } else {
      value(place, oldNode, newNode);
    }
  }

  private void member(Place place, ObjectNode oldObject, ObjectNode newObject) {
    String key = place.site().key();
    JsonNode oldNode = oldObject.path(key);
    JsonNode newNode = newObject.path(key);
    boolean path = place.site().parent().equals(PATHS);
    if (place.site().isNamed() && !path) {
      compare(place, oldNode, newNode);
    } else if (key.equals("parameters")) {
      parameters(place, oldNode, newNode);
    } else if (key.equals("security")) {
      value(place, oldNode, newNode);
      securitySchemes(place, newNode);
    } else if (key.equals("required") && (oldNode.isArray() || newNode.isArray())) {
      required(place, oldObject, newObject);
    } else if (path || place.site().isMap()) {
      // If the whole path or map is new or gone, add a difference for each member.
      compare(place, orEmpty(oldNode), orEmpty(newNode));
    } else {
      compare(place, oldNode, newNode);
    }
  }

  private void parameters(Place place, JsonNode oldList, JsonNode newList) {
    Map<String, Integer> oldIndexes = indexes(before, oldList);
    Map<String, Integer> newIndexes = indexes(after, newList);
    Set<String> all = new LinkedHashSet<>(oldIndexes.keySet());
    all.addAll(newIndexes.keySet());
    for (String name : all) {
      Integer oldIndex = oldIndexes.get(name);
      Integer newIndex = newIndexes.get(name);
      compare(
          place.child(name, String.valueOf(oldIndex), String.valueOf(newIndex)),
          oldIndex == null ? MISSING : oldList.get(oldIndex),
          newIndex == null ? MISSING : newList.get(newIndex));
    }
  }

  private static Map<String, Integer> indexes(JsonNode document, JsonNode parameters) {
    Map<String, Integer> indexes = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      indexes.put(parameterName(document, parameters.get(i)), i);
    }
    return indexes;
  }

  /**
   * Returns the location and the name of a parameter, such as {@code query page_size}. Together
   * they identify the parameter within an operation.
   */
  static String parameterName(JsonNode document, JsonNode parameterOrReference) {
    JsonNode parameter = resolved(document, parameterOrReference);
    return parameter.path("in").asString("") + " " + parameter.path("name").asString("");
  }

  private void securitySchemes(Place place, JsonNode alternatives) {
    Set<String> used = new TreeSet<>();
    alternatives.forEach(alternative -> used.addAll(alternative.propertyNames()));
    for (String name : used) {
      String pointer = "/components/securitySchemes/" + name;
      if (before.at(pointer).isObject()) {
        compareResolved(
            new Place(place.site().child(name), pointer, pointer),
            before.at(pointer),
            after.at(pointer));
      }
    }
  }

  /**
   * Compares the lists of required properties. Adds a difference for each property that is required
   * in only one of the schemas, instead of one difference for the whole list. Ignores properties
   * that the new schema no longer has.
   */
  private void required(Place place, ObjectNode oldSchema, ObjectNode newSchema) {
    Set<JsonNode> oldNames = Set.copyOf(oldSchema.path("required").values());
    Set<JsonNode> newNames = Set.copyOf(newSchema.path("required").values());
    Set<String> gone = new TreeSet<>(oldSchema.path("properties").propertyNames());
    gone.removeAll(newSchema.path("properties").propertyNames());
    Set<JsonNode> all = new LinkedHashSet<>(oldSchema.path("required").values());
    all.addAll(newSchema.path("required").values());
    for (JsonNode one : all) {
      boolean was = oldNames.contains(one);
      boolean is = newNames.contains(one);
      String name = one.asString();
      if (was != is && !gone.contains(name)) {
        Site site = place.site().parent().child("properties", name, "required");
        add(
            new Place(site, place.oldPointer(), place.newPointer()),
            was ? JSON.booleanNode(true) : MISSING,
            is ? JSON.booleanNode(true) : MISSING);
      }
    }
  }

  /**
   * Adds a difference for each schema that only one contract has, if generators make a class from
   * that schema.
   */
  private void schemaNames(Place place) {
    JsonNode oldSchemas = before.at(place.oldPointer());
    JsonNode newSchemas = after.at(place.newPointer());
    for (String name : names(oldSchemas, newSchemas)) {
      JsonNode oldSchema = oldSchemas.path(name);
      JsonNode newSchema = newSchemas.path(name);
      boolean inOne = oldSchema.isMissingNode() || newSchema.isMissingNode();
      if (inOne && (isClass(oldSchema) || isClass(newSchema))) {
        add(place.child(name), oldSchema, newSchema);
      }
    }
  }

  private void value(Place place, JsonNode oldNode, JsonNode newNode) {
    boolean bothSets = SETS.contains(place.site().key()) && oldNode.isArray() && newNode.isArray();
    boolean equal =
        bothSets
            ? Set.copyOf(oldNode.values()).equals(Set.copyOf(newNode.values()))
            : oldNode.equals(newNode);
    if (!equal) {
      add(place, oldNode, newNode);
    }
  }

  private void add(Place place, JsonNode oldNode, JsonNode newNode) {
    String pointer = newNode.isMissingNode() ? place.oldPointer() : place.newPointer();
    found.add(new Difference(place.site(), pointer, oldNode, newNode));
  }

  private static JsonNode resolved(JsonNode document, JsonNode node) {
    return node.has("$ref") ? document.at(target(node)) : node;
  }

  private static String target(JsonNode reference) {
    return reference.get("$ref").asString().substring(1);
  }

  private static JsonNode orEmpty(JsonNode node) {
    return node.isMissingNode() ? JSON.objectNode() : node;
  }

  private static Set<String> names(JsonNode oldNode, JsonNode newNode) {
    Set<String> names = new TreeSet<>(oldNode.propertyNames());
    names.addAll(newNode.propertyNames());
    return names;
  }

  private static ArrayNode addresses(JsonNode servers) {
    ArrayNode addresses = JSON.arrayNode();
    servers.forEach(server -> addresses.add(server.has("variables") ? server : server.path("url")));
    return addresses;
  }
}
