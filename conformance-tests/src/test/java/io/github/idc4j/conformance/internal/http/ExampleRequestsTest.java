package io.github.idc4j.conformance.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.run.Services;
import io.github.idc4j.openapi.IdcOpenApi;
import io.github.idc4j.service.ReferenceService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference service responds to the example requests of the OpenAPI document as documented. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExampleRequestsTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonNode SPEC = document();
  private static final String NEXT_PAGE = "/nextPage";

  @TempDir static Path home;

  private static ReferenceService service;
  private static ServiceClient client;

  @BeforeAll
  static void start() throws IOException {
    service = Services.reference(home).start();
    client =
        new ServiceClient(
            Services.tokens(service, "a@example.org"),
            Network.DEFAULT,
            Capabilities.FULL,
            RequestBudget.unbounded(true),
            RetryPolicy.DEFAULT,
            new ServiceRecord());
    // Examples with a cohort in the path use the first saved cohort.
    Exchange saved =
        send(service.baseUrl(), example("post", "/cohorts").calls().findFirst().orElseThrow());
    assertThat(saved.status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  static Stream<Example> examples() {
    return SPEC.path("paths").properties().stream()
        .flatMap(
            path ->
                path.getValue().properties().stream()
                    .map(
                        operation ->
                            new Example(operation.getKey(), path.getKey(), operation.getValue())))
        // Deletions come last, because other examples need the cohort.
        .sorted(Comparator.comparing(example -> example.method().equals("delete")));
  }

  static Stream<Example> queries() {
    return examples().filter(example -> example.operation().path("responses").has("202"));
  }

  private static Example example(String method, String path) {
    return examples()
        .filter(example -> example.method().equals(method) && example.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("examples")
  @Order(2)
  void haveDocumentedResponses(Example example) {
    assertThat(example.calls()).isNotEmpty();
    example.calls().forEach(call -> assertResponse(service.baseUrl(), example, call, 200));
  }

  @ParameterizedTest
  @MethodSource("queries")
  @Order(1)
  void haveAcceptedResponses(Example query) {
    assertThat(query.calls()).isNotEmpty();
    query.calls().forEach(call -> assertResponse(service.slowBaseUrl(), query, call, 202));
  }

  /** Sends a request and validates the response. */
  private static Exchange send(URI baseUrl, ApiRequest request) {
    Exchange exchange = client.send(baseUrl, request, client.newLog());
    client.validate(exchange);
    return exchange;
  }

  private static void assertResponse(URI baseUrl, Example example, ApiRequest call, int status) {
    ApiRequest identified = call;
    if (example.path().endsWith(NEXT_PAGE)) {
      // The token of the example belongs to a service with an unknown key.
      assertThat(send(baseUrl, call).status()).as("%s", call).isEqualTo(400);
      identified = withToken(call, token(baseUrl, example.firstPage()));
    }
    assertThat(send(baseUrl, identified).status()).as("%s", identified).isEqualTo(status);
  }

  private static String token(URI baseUrl, Example firstPage) {
    ApiRequest call = firstPage.calls().findFirst().orElseThrow();
    return send(baseUrl, call).json().findValue("next_page").asString();
  }

  private static ApiRequest withToken(ApiRequest call, String token) {
    return new ApiRequest(
        call.method(),
        call.target().replaceFirst("next_page=[^&]*", "next_page=" + ApiRequest.encoded(token)),
        call.contentType(),
        call.body(),
        call.caller());
  }

  private static JsonNode document() {
    try (InputStream stream = IdcOpenApi.specJson(IdcOpenApi.Form.DEREFERENCED).openStream()) {
      return JSON.readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An operation with the requests of its examples. */
  private record Example(String method, String path, JsonNode operation) {

    /** Returns requests with all parameters, without each optional one, and with each body. */
    Stream<ApiRequest> calls() {
      List<JsonNode> all = List.copyOf(operation.path("parameters").values());
      return Stream.concat(
              Stream.of(all),
              all.stream()
                  .filter(one -> !one.path("required").asBoolean(false))
                  .map(one -> all.stream().filter(other -> !other.equals(one)).toList()))
          .map(this::call)
          .flatMap(this::withBodies);
    }

    private ApiRequest call(List<JsonNode> parameters) {
      ApiRequest call = ApiRequest.of(method.toUpperCase(Locale.ROOT), path);
      for (JsonNode parameter : parameters) {
        String name = parameter.path("name").asString();
        String value = parameter.path("example").asString();
        call =
            parameter.path("in").asString().equals("path")
                ? ApiRequest.of(call.method(), call.target().replace("{" + name + "}", value))
                : call.with(name, value);
      }
      return operation.path("security").toString().equals("[{\"idToken\":[]}]")
          ? call.as(Caller.FIRST)
          : call;
    }

    private Stream<ApiRequest> withBodies(ApiRequest call) {
      return operation.has("requestBody")
          ? operation.at("/requestBody/content/application~1json/examples").values().stream()
              .map(example -> call.json(example.path("value").toString()))
          : Stream.of(call);
    }

    Example firstPage() {
      String family = path.substring(0, path.length() - NEXT_PAGE.length());
      return queries()
          .filter(query -> List.of(family, family + "/preview").contains(query.path()))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public String toString() {
      return operation.path("operationId").asString();
    }
  }
}
