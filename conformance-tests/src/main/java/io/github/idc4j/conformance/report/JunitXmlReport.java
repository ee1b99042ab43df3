package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.ConformanceResult;
import io.github.idc4j.conformance.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
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
      xml.writeAttribute("tests", "" + result.verdicts().size());
      xml.writeAttribute("failures", "" + result.count(Verdict.Status.FAIL));
      xml.writeAttribute(
          "errors", "" + (result.count(Verdict.Status.ERROR) + result.count(Verdict.Status.AWAY)));
      xml.writeAttribute("skipped", "" + result.count(Verdict.Status.SKIP));
      xml.writeAttribute("time", seconds(result.duration().toMillis()));
      for (Verdict verdict : result.verdicts()) {
        write(xml, verdict);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private static void write(XMLStreamWriter xml, Verdict verdict) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", verdict.area());
    xml.writeAttribute("name", verdict.title());
    xml.writeAttribute("time", seconds(verdict.duration().toMillis()));
    switch (verdict.status()) {
      case PASS -> {}
      // The format knows no warnings; their text is there to read.
      case WARN, KNOWN -> {
        xml.writeStartElement("system-out");
        xml.writeCharacters(printable(verdict.status() + ": " + verdict.message()));
        xml.writeEndElement();
      }
      case SKIP -> {
        xml.writeEmptyElement("skipped");
        xml.writeAttribute("message", printable(verdict.message()));
      }
      case FAIL, AWAY, ERROR -> {
        xml.writeStartElement(verdict.status() == Verdict.Status.FAIL ? "failure" : "error");
        xml.writeAttribute("message", printable(verdict.message()));
        xml.writeCharacters(
            verdict.rules().stream()
                .map(rule -> rule.id() + ": " + rule.text())
                .collect(Collectors.joining("\n", "", "\n")));
        xml.writeCharacters(printable(verdict.curl().orElse("")));
        xml.writeEndElement();
      }
    }
    xml.writeEndElement();
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
  }

  /** Replaces what XML 1.0 can't hold. */
  private static String printable(String text) {
    return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
  }
}
