package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.ConformanceResult;
import io.github.idc4j.conformance.Verdict;
import io.github.idc4j.conformance.Verdict.Status;
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

/** Writes the verdicts as the XML that continuous integration reads. */
public final class JunitXmlReport {

  private JunitXmlReport() {}

  /** Writes the file anew. */
  public static void write(ConformanceResult result, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "idc4j conformance of " + result.baseUrl());
      xml.writeAttribute(
          "tests", "" + (result.verdicts().size() + ends(result) + result.problems().size()));
      xml.writeAttribute("failures", "" + (result.count(Status.FAIL) + result.problems().size()));
      xml.writeAttribute(
          "errors",
          ""
              + (result.count(Status.ERROR)
                  + result.count(Status.AWAY)
                  + result.count(Status.SLOW)
                  + ends(result)));
      xml.writeAttribute("skipped", "" + result.count(Status.SKIP));
      xml.writeAttribute("time", seconds(result.duration()));
      writeProperties(xml, result);
      if (result.end().isPresent()) {
        writeEnd(xml, result.end().get());
      }
      for (Verdict verdict : result.verdicts()) {
        write(xml, verdict);
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
    xml.writeEndElement();
  }

  private static void writeProperty(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeEmptyElement("property");
    xml.writeAttribute("name", name);
    xml.writeAttribute("value", value);
  }

  private static void write(XMLStreamWriter xml, Verdict verdict) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", verdict.area());
    xml.writeAttribute("name", verdict.title());
    xml.writeAttribute("time", seconds(verdict.duration()));
    switch (verdict.status()) {
      case PASS -> {
        if (!verdict.message().isEmpty()) {
          writeText(xml, "system-out", "seen: " + verdict.message());
        }
      }
      // The format knows no warnings; their text is there to read.
      case WARN, KNOWN ->
          writeText(
              xml,
              "system-out",
              Summary.name(verdict.status()) + ": " + verdict.message() + "\n" + details(verdict));
      case SKIP -> {
        xml.writeEmptyElement("skipped");
        xml.writeAttribute("message", Summary.printable(verdict.message()));
      }
      case FAIL, AWAY, SLOW, ERROR -> {
        xml.writeStartElement(verdict.status() == Status.FAIL ? "failure" : "error");
        xml.writeAttribute("type", Summary.name(verdict.status()));
        xml.writeAttribute("message", Summary.printable(verdict.message()));
        xml.writeCharacters(Summary.printable(details(verdict)));
        xml.writeEndElement();
      }
    }
    xml.writeEndElement();
  }

  /** Returns the rules, and what the check met. */
  private static String details(Verdict verdict) {
    List<String> lines = new ArrayList<>();
    verdict.rules().forEach(rule -> lines.add(rule.id() + ": " + rule.text()));
    Summary.rule(verdict)
        .filter(rule -> !rule.look().isEmpty())
        .ifPresent(rule -> lines.add("Look at: " + rule.look()));
    verdict
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
