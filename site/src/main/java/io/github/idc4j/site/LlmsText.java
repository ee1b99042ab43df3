package io.github.idc4j.site;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Generates {@code llms.txt}, an index of the site for language models. */
final class LlmsText {

  private static final String START =
      """
      # Version 1 of the IDC REST API

      > The NCI Imaging Data Commons (IDC) served metadata of cancer images with this API. The public \
      service was retired in February 2026. idc4j provides an OpenAPI spec of the API, a Java \
      client, a conformance suite, and a service to run.

      ## Reference

      - [Reference](reference.md): all operations and schemas, with examples
      - [Spec](downloads/idc-v1.yaml): OpenAPI 3.0.3
      - [Workflows](downloads/idc-v1.arazzo.yaml): how to get all pages, even if the query is pending
      - [Attributes](downloads/attributes.csv): names to filter by, with meanings, types and units
      """;

  private LlmsText() {}

  static String of(Map<String, List<Page>> groups) {
    return groups.entrySet().stream()
        .map(
            group ->
                group.getValue().stream()
                    .map(page -> "- [" + page.title() + "](" + page.file() + ")\n")
                    .collect(Collectors.joining("", "\n## " + group.getKey() + "\n\n", "")))
        .collect(Collectors.joining("", START, ""));
  }
}
