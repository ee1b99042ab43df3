package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.run.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Counts the checks of each status in a report, as its reader would. */
final class ReportCounts {

  /** The words after a number of checks. */
  private static final Map<String, Status> LABELS =
      Map.of(
          "passed", Status.PASS,
          "failed", Status.FAIL,
          "skipped", Status.SKIP,
          "not offered", Status.NOT_OFFERED,
          "warning", Status.WARN,
          "known failure", Status.KNOWN,
          "without a response", Status.AWAY,
          "too slow", Status.SLOW,
          "suite error", Status.ERROR);

  private static final String WORDS =
      "passed|failed|warning|known failure|skipped|not offered|no response|too slow|suite error";

  private ReportCounts() {}

  private static Map<Status, Integer> counted(Stream<Status> statuses) {
    Map<Status, Integer> counts = new EnumMap<>(Status.class);
    for (Status status : Status.values()) {
      counts.put(status, 0);
    }
    statuses.forEach(status -> counts.merge(status, 1, Integer::sum));
    return counts;
  }

  /** Returns the status that a report writes as words, or as an identifier of them. */
  private static Status status(String words) {
    String label = words.toLowerCase(Locale.ROOT).replace('-', ' ');
    return label.equals("no response") ? Status.AWAY : LABELS.get(label);
  }

  /** Reads a sentence such as {@code 3 passed, 0 failed, 1 skipped}. */
  static Map<Status, Integer> bySentence(String text) {
    Map<Status, Integer> counts = counted(Stream.of());
    Matcher count =
        Pattern.compile("([0-9]+) (" + String.join("|", LABELS.keySet()) + ")").matcher(text);
    while (count.find()) {
      counts.put(LABELS.get(count.group(2)), Integer.valueOf(count.group(1)));
    }
    return counts;
  }

  static Map<Status, Integer> byLinesOf(String console) {
    return counted(
        Pattern.compile("(?mi)^  (" + WORDS + "): ")
            .matcher(console)
            .results()
            .map(mark -> status(mark.group(1))));
  }

  static Element xml(Path junit) throws IOException {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .parse(junit.toFile())
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(e);
    }
  }

  static Map<Status, Integer> byCasesOf(Element junit) {
    NodeList cases = junit.getElementsByTagName("testcase");
    return counted(
        Stream.iterate(0, i -> i < cases.getLength(), i -> i + 1)
            .map(i -> (Element) cases.item(i))
            .filter(check -> !check.getAttribute("classname").equals("idc4j.known-failures"))
            .map(ReportCounts::ofCase));
  }

  private static Status ofCase(Element check) {
    for (String element : new String[] {"failure", "error", "skipped"}) {
      NodeList found = check.getElementsByTagName(element);
      if (found.getLength() > 0) {
        return status(((Element) found.item(0)).getAttribute("type"));
      }
    }
    String text = check.getTextContent();
    return text.isEmpty() || text.startsWith("observed: ")
        ? Status.PASS
        : status(text.substring(0, text.indexOf(':')));
  }

  static Document html(Path page) throws IOException {
    return Jsoup.parse(page, "UTF-8", "");
  }

  static Map<Status, Integer> byHeadOf(Document html) {
    Map<Status, Integer> counts = counted(Stream.of());
    html.select(".tallies li")
        .forEach(
            tally ->
                counts.put(
                    status(tally.classNames().iterator().next()),
                    Integer.valueOf(tally.select("b").text())));
    return counts;
  }

  static Map<Status, Integer> byChecksOf(Document html) {
    return counted(html.select("#checks .list .badge").stream().map(badge -> status(badge.text())));
  }

  static JsonNode json(Path report) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(report));
  }

  static Map<Status, Integer> byCounts(JsonNode json) {
    Map<Status, Integer> counts = counted(Stream.of());
    json.propertyNames().forEach(name -> counts.put(status(name), json.path(name).asInt()));
    return counts;
  }

  static Map<Status, Integer> byChecksOf(JsonNode json) {
    return counted(
        json.path("checks").valueStream().map(check -> status(check.path("status").asString())));
  }

  /** Counts the findings only; Markdown lists nothing else. */
  static Map<Status, Integer> byHeadingsOf(String markdown) {
    return counted(
        Pattern.compile("(?m)^#### (" + WORDS + "): ")
            .matcher(markdown)
            .results()
            .map(heading -> status(heading.group(1))));
  }

  /** Counts the violations only; SARIF lists nothing else. */
  static Map<Status, Integer> byResultsOf(JsonNode sarif) {
    return counted(
        sarif
            .at("/runs/0/results")
            .valueStream()
            .map(
                result ->
                    !result.path("suppressions").isEmpty()
                        ? Status.KNOWN
                        : result.path("level").asString().equals("error")
                            ? Status.FAIL
                            : Status.WARN));
  }
}
