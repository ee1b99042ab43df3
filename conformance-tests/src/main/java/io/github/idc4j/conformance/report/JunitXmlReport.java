package io.github.idc4j.conformance.report;

import io.github.idc4j.conformance.internal.text.SafeText;
import io.github.idc4j.conformance.run.ConformanceResult;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes the outcomes as JUnit XML, which CI servers read. The XML has a suite for each area and is
 * valid for the schema that Jenkins publishes.
 */
final class JunitXmlReport {

  private final ConformanceResult result;
  private final LocalDateTime begin;
  private final XMLStreamWriter xml;

  private JunitXmlReport(ConformanceResult result, XMLStreamWriter xml) {
    this.result = result;
    this.xml = xml;
    // Readers assume that the time is in UTC, and the schema allows no time zone.
    this.begin =
        LocalDateTime.ofInstant(Instant.now().minus(result.duration()), ZoneOffset.UTC)
            .truncatedTo(ChronoUnit.SECONDS);
  }

  static String text(ConformanceResult result) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new JunitXmlReport(result, xml).write();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  private void write() throws XMLStreamException {
    List<JunitSuite> suites = JunitSuite.of(result);
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("testsuites");
    attribute("name", "idc4j conformance of " + result.baseUrl());
    writeTotals(suites.stream().flatMap(suite -> suite.cases().stream()).toList());
    for (JunitSuite suite : suites) {
      xml.writeStartElement("testsuite");
      attribute("name", suite.name());
      writeTotals(suite.cases());
      attribute("skipped", "" + count(suite.cases(), JunitSuite.Kind.SKIPPED));
      attribute("timestamp", DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(begin));
      writeProperties();
      for (JunitSuite.Case testCase : suite.cases()) {
        write(suite, testCase);
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void writeTotals(List<JunitSuite.Case> cases) throws XMLStreamException {
    attribute("tests", "" + cases.size());
    attribute("failures", "" + count(cases, JunitSuite.Kind.FAILURE));
    attribute("errors", "" + count(cases, JunitSuite.Kind.ERROR));
    attribute(
        "time",
        seconds(cases.stream().map(JunitSuite.Case::time).reduce(Duration.ZERO, Duration::plus)));
  }

  private static long count(List<JunitSuite.Case> cases, JunitSuite.Kind kind) {
    return cases.stream().filter(testCase -> testCase.kind() == kind).count();
  }

  private void writeProperties() throws XMLStreamException {
    xml.writeStartElement("properties");
    writeProperty("service", result.baseUrl().toString());
    for (Coverage part : Coverage.of(result)) {
      writeProperty("coverage." + part.name(), part.text());
    }
    for (String notice : new Summary(result).notices()) {
      writeProperty("notice", notice);
    }
    writeProperty("contract", Summary.contract());
    xml.writeEndElement();
  }

  private void writeProperty(String name, String value) throws XMLStreamException {
    xml.writeEmptyElement("property");
    attribute("name", name);
    attribute("value", value);
  }

  private void write(JunitSuite suite, JunitSuite.Case testCase) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute("classname", "idc4j." + suite.name());
    attribute("name", testCase.name());
    attribute("time", seconds(testCase.time()));
    if (testCase.kind() == JunitSuite.Kind.PASSED) {
      if (!testCase.message().isEmpty()) {
        xml.writeStartElement("system-out");
        xml.writeCharacters(
            SafeText.junit(testCase.type() + ": " + testCase.message() + testCase.details()));
        xml.writeEndElement();
      }
    } else {
      xml.writeStartElement(testCase.kind().element());
      attribute("type", testCase.type());
      attribute("message", testCase.message());
      xml.writeCharacters(SafeText.junit(testCase.details()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, SafeText.junit(SafeText.line(value)));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
  }
}
