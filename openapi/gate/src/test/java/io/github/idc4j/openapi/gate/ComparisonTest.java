package io.github.idc4j.openapi.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What is said of a change, where it is, and why it breaks programs. */
class ComparisonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a path gets a required query key | `GET /about`: the query key `client` is new and required.",
        "a scope may no longer be had | `GET /cohorts`: the scope `read` of the security scheme `oauth` is gone.",
        "a path is removed | `GET /about`: the operation is gone.",
        "an operationId is changed | `GET /about`: `operationId` of the operation is `about` (it was `getAbout`).",
        "a query key is removed | `GET /attributes`: the query key `data_source` is gone.",
        "a required query key is new | `GET /collections`: the query key `program` is new and required.",
        "a query key becomes a list | `GET /attributes`: `type` of the query key `data_source` is `array` (it was `string`).",
        "an operation takes no body any more | `DELETE /cohorts`: the request's body is gone.",
        "a body changes its media type | `POST /cohorts`: the request as `application/json` is gone.",
        "a property of a request becomes required | `POST /cohorts/query/preview`: the request's property `cohort_def.description` is required now.",
        "a required property of a request is renamed | `POST /cohorts`, `POST /cohorts/manifest/preview`: the request's property `filters` is gone.",
        "a field of a query is renamed | `POST /cohorts/query/preview`, `POST /cohorts/query/{cohort_id}`: the schema `QueryField` gains the value `modality` and loses the value `Modality`.",
        "400 becomes 422 | `POST /cohorts`: the response 400 is gone.",
        "a response has a new property | `GET /about`: the response's property `status` is new.",
        "the items of a response's list change their type | `GET /versions`: the response's property `versions[]` takes a schema without a name in place of the schema `Version`.",
        "a property of a response may be null | `GET /about`: the response's property `message` may be null now.",
        "a closed list of a response's values grows | `GET /cohorts`: the response's property `cohorts[].permission` gains the value `WRITER`.",
        "a property of a response is deprecated | `GET /cohorts`: the response's property `cohorts[].owner` is deprecated.",
        "a schema is new | The schema `Release` is new.",
        "the document moves to OpenAPI 3.1 | `openapi` of the document is `3.1.0` (it was `3.0.3`).",
      })
  void saysWhatChanged(String edit, String sentence) {
    assertThat(Edit.named(edit).comparison().findings().get(0).sentence()).isEqualTo(sentence);
  }

  @Test
  void saysOnceWhatManyOperationsShow() {
    List<Finding> findings = Edit.named("a response loses a header").comparison().findings();

    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).operations()).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    assertThat(findings.get(0).sentence())
        .contains(" more: the header `Allow` of the response 405 is gone");
  }

  @Test
  void saysWhereAndWhyAndWhoSaysSo() {
    Finding finding =
        Edit.named("an optional property of a response is removed").comparison().findings().get(0);

    assertThat(finding.pointers())
        .containsExactly("/components/schemas/Retirement/properties/documentation");
    assertThat(finding.reason()).isEqualTo("programs that look for it find nothing");
    assertThat(finding.judge()).isEqualTo(Comparison.OWN);
  }

  @Test
  void judgesARequestAndAnAnswerThatShareASchemaApart() {
    ObjectNode after = (ObjectNode) Bundled.DOCUMENT.deepCopy();
    ((ObjectNode) after.at("/components/schemas/PageToken")).put("maxLength", 500);

    List<Finding> findings = Comparison.of(Bundled.DOCUMENT, after).findings();

    assertThat(findings)
        .extracting(Finding::verdict)
        .containsExactly(Verdict.BREAKING, Verdict.COMPATIBLE);
    assertThat(findings.get(0).operations()).allMatch(operation -> operation.endsWith("nextPage"));
  }

  @Test
  @Tag("slow")
  void tellsWhatBreaksFromWhatComesWithIt() {
    assertThat(Edit.named("400 becomes 422").comparison().findings())
        .extracting(Finding::words, Finding::verdict)
        .containsExactly(
            tuple("the response 400 is gone", Verdict.BREAKING),
            tuple("the response 422 is new", Verdict.COMPATIBLE));
  }

  @Test
  void stopsWhatNoRuleKnows() {
    ObjectNode after = (ObjectNode) Bundled.DOCUMENT.deepCopy();
    ((ObjectNode) after.at("/paths/~1about/get")).putObject("callbacks").putObject("onChange");

    Comparison comparison = Comparison.of(Bundled.DOCUMENT, after);

    assertThat(comparison.verdict()).isEqualTo(Verdict.BREAKING);
    assertThat(comparison.findings().get(0).reason()).contains("no rule for `callbacks`");
  }

  @Test
  void stopsWhatOnlyOpenApiDiffSees() {
    Edit edit = Edit.named("a query key becomes required");
    OpenApiDiff library =
        OpenApiDiff.compare(Contract.of(edit.before()), Contract.of(edit.after()));

    assertThat(Comparison.findings(List.of(), library))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.BREAKING);
              assertThat(finding.operations()).contains("POST /cohorts/query/preview");
              assertThat(finding.words())
                  .isEqualTo("something is incompatible at parameters / query sql");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"an operationId is changed", "a path is removed"})
  void stopsWhatOnlyOpenApiDiffSeesOfAWholeOperation(String name) {
    Edit edit = Edit.named(name);
    OpenApiDiff library =
        OpenApiDiff.compare(Contract.of(edit.before()), Contract.of(edit.after()));

    assertThat(Comparison.findings(List.of(), library))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.sentence())
                    .isEqualTo("`GET /about`: something of it is incompatible."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a path gets a required query key | /paths/~1about/parameters/0",
        "a path has another address | /paths/~1about/servers",
        "the document's token is no longer optional | /security",
      })
  void saysWhereAnOperationHasItFrom(String edit, String pointer) {
    assertThat(Edit.named(edit).comparison().findings().get(0).pointers()).containsExactly(pointer);
  }

  @Test
  void findsNothingInTheSameDocument() {
    assertThat(Comparison.of(Bundled.DOCUMENT, Bundled.DOCUMENT).findings()).isEmpty();
  }
}
