package io.github.idc4j.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON in the pages matches its schema, and the service accepts it if it is a request. */
final class JsonBlocksTest {

  private static final Pattern BLOCK =
      Pattern.compile(
          "^```json(?: schema=(\\w+))?\\R(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  /** A block, and the schema that it names. */
  private record Block(Path page, String schema, String json) {}

  private static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Page page : Site.markdownPages()) {
      Matcher found = BLOCK.matcher(Files.readString(Path.of("..").resolve(page.source())));
      while (found.find()) {
        blocks.add(new Block(page.source(), found.group(1), found.group(2)));
      }
    }
    return blocks;
  }

  @Test
  void areValidAndAnswered() throws IOException, InterruptedException {
    JsonNode document = new Reference(new Samples(Path.of("src/main/samples"))).document();
    List<Block> blocks = blocks();
    assertThat(blocks).isNotEmpty();
    try (ReferenceService service = ReferenceService.builder().start()) {
      for (Block block : blocks) {
        assertThat(block.schema()).as("the schema of JSON in " + block.page()).isNotNull();
        assertThat(schema(document, block.schema()).validate(block.json(), InputFormat.JSON))
            .as(block.page().toString())
            .isEmpty();
        send(service, document, block);
      }
    }
  }

  private static Schema schema(JsonNode document, String name) {
    assertThat(document.at("/components/schemas/" + name).isObject()).as(name).isTrue();
    ObjectNode schema = JsonMapper.shared().createObjectNode();
    schema.put("$ref", "#/components/schemas/" + name);
    schema.set("components", document.get("components"));
    return SchemaRegistry.withDialect(Dialects.getOpenApi30())
        .getSchema(SchemaLocation.of("urn:block"), schema.toString(), InputFormat.JSON);
  }

  /** Sends the block to each operation that takes its schema. */
  private static void send(ReferenceService service, JsonNode document, Block block)
      throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    for (var path : document.get("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        String schema =
            operation
                .getValue()
                .at("/requestBody/content/application~1json/schema/$ref")
                .asString("");
        if (!schema.endsWith("/" + block.schema())) {
          continue;
        }
        boolean manifest = path.getKey().contains("manifest");
        HttpRequest request =
            HttpRequest.newBuilder(
                    URI.create(
                        service.baseUrl() + path.getKey() + (manifest ? "?GCS_URL=True" : "")))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + service.issueToken("reader@example.org"))
                .method(
                    operation.getKey().toUpperCase(Locale.ROOT),
                    BodyPublishers.ofString(block.json()))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode())
            .as("%s to %s: %s", block.page(), path.getKey(), answer.body())
            .isEqualTo(200);
      }
    }
  }
}
