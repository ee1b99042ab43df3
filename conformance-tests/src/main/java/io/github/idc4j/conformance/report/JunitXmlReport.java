package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Outcome;
import io.github.idc4j.conformance.run.Status;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the outcomes as the XML that continuous integration reads. */
final class JunitXmlReport {

  private JunitXmlReport() {}

  static void write(ConformanceResult result, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "idc4j conformance of " + result.baseUrl());
      xml.writeAttribute(
          "tests", "" + (result.outcomes().size() + ends(result) + result.problems().size()));
      xml.writeAttribute("failures", "" + (result.count(Status.FAIL) + result.problems().size()));
      xml.writeAttribute(
          "errors",
          ""
              + (result.count(Status.ERROR)
                  + result.count(Status.AWAY)
                  + result.count(Status.SLOW)
                  + ends(result)));
      xml.writeAttribute(
          "skipped", "" + (result.count(Status.SKIP) + result.count(Status.NOT_OFFERED)));
      xml.writeAttribute("time", seconds(result.duration()));
      writeProperties(xml, result);
      if (result.end().isPresent()) {
        writeEnd(xml, result.end().get());
      }
      for (Outcome outcome : result.outcomes()) {
        write(xml, outcome);
      }
      for (String problem : result.problems()) {
        writeProblem(xml, problem);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  /** A run that ended before its checks must not look like one without failures. */
  private static int ends(ConformanceResult result) {
    return result.end().isPresent() ? 1 : 0;
  }

  private static void writeEnd(XMLStreamWriter xml, ConformanceResult.End end)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "service");
    xml.writeAttribute("name", "the service is there");
    xml.writeEmptyElement("error");
    xml.writeAttribute(
        "message", Summary.printable(Summary.name(end.reason()) + ": " + end.message()));
    xml.writeEndElement();
  }

  /** An entry that is out of date fails the run, so it must not go unseen. */
  private static void writeProblem(XMLStreamWriter xml, String problem) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "known-failures");
    xml.writeAttribute("name", Summary.printable(problem));
    xml.writeEmptyElement("failure");
    xml.writeAttribute("message", Summary.printable(problem));
    xml.writeEndElement();
  }

  private static void writeProperties(XMLStreamWriter xml, ConformanceResult result)
      throws XMLStreamException {
    xml.writeStartElement("properties");
    for (Coverage part : Coverage.of(result)) {
      writeProperty(xml, "coverage." + part.name(), part.text());
    }
    writeProperty(xml, "contract", Summary.contract());
    for (String note : result.notes()) {
      writeProperty(xml, "note", note);
    }
    xml.writeEndElement();
  }

  private static void writeProperty(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeEmptyElement("property");
    xml.writeAttribute("name", name);
    xml.writeAttribute("value", value);
  }

  private static void write(XMLStreamWriter xml, Outcome outcome) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", outcome.area());
    xml.writeAttribute("name", outcome.title());
    xml.writeAttribute("time", seconds(outcome.duration()));
    switch (outcome.status()) {
      case PASS -> {
        if (!outcome.message().isEmpty()) {
          writeText(xml, "system-out", "seen: " + outcome.message());
        }
      }
      // The format knows no warnings; their text is there to read.
      case WARN, KNOWN ->
          writeText(
              xml,
              "system-out",
              Summary.name(outcome.status()) + ": " + outcome.message() + "\n" + details(outcome));
      case SKIP, NOT_OFFERED -> {
        xml.writeEmptyElement("skipped");
        xml.writeAttribute(
            "message",
            Summary.printable(
                (outcome.status() == Status.NOT_OFFERED ? "not offered: " : "")
                    + outcome.message()));
      }
      case FAIL, AWAY, SLOW, ERROR -> {
        xml.writeStartElement(outcome.status() == Status.FAIL ? "failure" : "error");
        xml.writeAttribute("type", Summary.name(outcome.status()));
        xml.writeAttribute("message", Summary.printable(outcome.message()));
        xml.writeCharacters(Summary.printable(details(outcome)));
        xml.writeEndElement();
      }
    }
    xml.writeEndElement();
  }

  /** Returns the rules, and what the check met. */
  private static String details(Outcome outcome) {
    List<String> lines = new ArrayList<>();
    outcome.rules().forEach(rule -> lines.add(rule.id() + ": " + rule.text()));
    Summary.rule(outcome)
        .filter(rule -> !rule.look().isEmpty())
        .ifPresent(rule -> lines.add("Look at: " + rule.look()));
    outcome
        .evidence()
        .ifPresent(
            evidence -> {
              Summary.parts(evidence)
                  .forEach(part -> lines.addAll(List.of("", part.name() + ":", part.text())));
              lines.addAll(List.of("", "Again:", evidence.curl()));
            });
    return String.join("\n", lines);
  }

  private static void writeText(XMLStreamWriter xml, String element, String text)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeCharacters(Summary.printable(text));
    xml.writeEndElement();
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
  }
}
