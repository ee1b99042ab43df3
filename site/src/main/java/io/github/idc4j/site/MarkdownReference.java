package io.github.idc4j.site;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Generates the API reference as one Markdown file, for programs and for people who prefer plain
 * text.
 */
final class MarkdownReference {

  private static final String JSON = "/content/application~1json";

  private final ObjectNode document;
  private final StringBuilder text = new StringBuilder();

  private MarkdownReference(ObjectNode document) {
    this.document = document;
  }

  static String of(ObjectNode document) {
    MarkdownReference reference = new MarkdownReference(document);
    reference.write();
    return reference.text.toString();
  }

  private void write() {
    paragraph("# " + document.at("/info/title").asString());
    paragraph(document.at("/info/description").asString());
    for (JsonNode tag : document.get("tags")) {
      paragraph("## " + tag.get("name").asString());
      paragraph(tag.get("description").asString());
      document
          .get("paths")
          .forEachEntry(
              (path, methods) ->
                  methods.forEachEntry(
                      (method, operation) -> {
                        if (operation.at("/tags/0").equals(tag.get("name"))) {
                          operation(method.toUpperCase(Locale.ROOT) + " " + path, operation);
                        }
                      }));
    }
    paragraph("## Schemas");
    document.at("/components/schemas").forEachEntry(this::schema);
  }

  private void operation(String title, JsonNode operation) {
    paragraph("### " + title);
    paragraph(
        "`%s`: %s."
            .formatted(
                operation.get("operationId").asString(), operation.get("summary").asString()));
    paragraph(operation.get("description").asString());
    List<JsonNode> parameters =
        operation.path("parameters").valueStream().map(this::resolved).toList();
    if (!parameters.isEmpty()) {
      paragraph(
          parameters.stream()
              .map(
                  parameter ->
                      row(
                          "`" + parameter.get("name").asString() + "`",
                          parameter.get("in").asString(),
                          type(parameter.get("schema")),
                          parameter.path("required").asBoolean() ? "required" : "optional",
                          parameter.get("description").asString()))
              .collect(
                  Collectors.joining(
                      "",
                      "| Parameter | In | Type | | Description |\n| --- | --- | --- | --- | --- |\n",
                      "")));
    }
    JsonNode body = operation.at("/requestBody" + JSON);
    if (!body.isMissingNode()) {
      paragraph("Request body: " + type(body.get("schema")) + ". Example:");
      paragraph("```json\n" + firstExample(body) + "\n```");
    }
    paragraph(
        operation
            .get("responses")
            .propertyStream()
            .map(
                response -> {
                  JsonNode resolved = resolved(response.getValue());
                  return row(
                      response.getKey(),
                      type(resolved.at(JSON + "/schema")),
                      resolved.get("description").asString());
                })
            .collect(
                Collectors.joining(
                    "", "| Status | Schema | Description |\n| --- | --- | --- |\n", "")));
    JsonNode success = resolved(operation.at("/responses/200")).at(JSON);
    paragraph("Example of a 200:");
    paragraph("```json\n" + firstExample(success) + "\n```");
  }

  private void schema(String name, JsonNode schema) {
    paragraph("### " + name);
    paragraph(schema.get("description").asString());
    if (name.equals("Filters")) {
      paragraph("The attributes are in [attributes.csv](downloads/attributes.csv).");
      return;
    }
    if (schema.has("enum")) {
      paragraph(
          schema
              .get("enum")
              .valueStream()
              .map(value -> "`" + value.asString() + "`")
              .collect(Collectors.joining(", ", "Values: ", ".")));
    }
    List<String> required = schema.path("required").valueStream().map(JsonNode::asString).toList();
    String rows =
        schema
            .path("properties")
            .propertyStream()
            .map(
                property ->
                    row(
                        "`" + property.getKey() + "`",
                        type(property.getValue()),
                        required.contains(property.getKey()) ? "required" : "optional",
                        resolved(property.getValue()).get("description").asString()))
            .collect(Collectors.joining());
    if (!rows.isEmpty()) {
      paragraph("| Property | Type | | Description |\n| --- | --- | --- | --- |\n" + rows);
    }
  }

  private static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      return schema.get("$ref").asString().replaceAll(".*/", "");
    }
    return schema.has("items")
        ? "array of " + type(schema.get("items"))
        : schema.path("type").asString("");
  }

  private String firstExample(JsonNode content) {
    return content
        .get("examples")
        .valueStream()
        .map(example -> resolved(example).get("value").toPrettyString())
        .findFirst()
        .orElseThrow();
  }

  private JsonNode resolved(JsonNode node) {
    return Samples.resolved(document, node);
  }

  private static String row(String... cells) {
    return List.of(cells).stream()
        .map(cell -> cell.strip().replaceAll("\\s+", " ").replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private void paragraph(String paragraph) {
    text.append(paragraph.strip()).append("\n\n");
  }
}
