package io.github.idc4j.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Status;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The JUnit XML is valid for CI servers, and its numbers agree with its test cases. */
class JunitXmlReportTest {

  @TempDir Path folder;

  private Element report(ConformanceResult result) throws IOException, SAXException {
    String text = JunitXmlReport.text(result);
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(JunitXmlReportTest.class.getResource("junit.xsd"))
        .newValidator()
        .validate(new StreamSource(new StringReader(text)));
    return ReportCounts.xml(Files.writeString(folder.resolve("junit.xml"), text));
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static int number(Element element, String attribute) {
    return Integer.parseInt(element.getAttribute(attribute));
  }

  private static long millis(Element element) {
    return Long.parseLong(element.getAttribute("time").replace(".", ""));
  }

  @Test
  void theNumbersOfSuitesAgreeWithTheirTestCases() throws IOException, SAXException {
    Element report = report(Runs.ofEveryStatus());
    List<Element> suites = elements(report, "testsuite");

    assertThat(suites)
        .extracting(suite -> suite.getAttribute("name"))
        .containsExactly(
            "metadata", "paging", "routes", "auth", "cohorts", "query", "known-failures");
    for (Element suite : suites) {
      List<Element> cases = elements(suite, "testcase");
      assertThat(number(suite, "tests")).isEqualTo(cases.size());
      assertThat(number(suite, "failures")).isEqualTo(elements(suite, "failure").size());
      assertThat(number(suite, "errors")).isEqualTo(elements(suite, "error").size());
      assertThat(number(suite, "skipped")).isEqualTo(elements(suite, "skipped").size());
      assertThat(millis(suite))
          .isEqualTo(cases.stream().mapToLong(JunitXmlReportTest::millis).sum());
    }
    for (String total : List.of("tests", "failures", "errors")) {
      assertThat(number(report, total))
          .as(total)
          .isPositive()
          .isEqualTo(suites.stream().mapToInt(suite -> number(suite, total)).sum());
    }
    assertThat(millis(report))
        .isEqualTo(suites.stream().mapToLong(JunitXmlReportTest::millis).sum());
  }

  @Test
  void eachTestCaseHasAUniqueName() throws IOException, SAXException {
    Element report =
        report(
            Runs.of(
                Runs.outcome(Status.PASS, "paging.order", ""),
                Runs.outcome(Status.FAIL, "paging.order", "m"),
                Runs.outcome(Status.FAIL, "paging.end", "m")));
    List<String> names = new ArrayList<>();
    for (Element testCase : elements(report, "testcase")) {
      names.add(testCase.getAttribute("classname") + " " + testCase.getAttribute("name"));
    }

    assertThat(names)
        .doesNotHaveDuplicates()
        .contains("idc4j.paging check of paging.order", "idc4j.paging check of paging.end");
  }

  @Test
  void anEndedAndAnEmptyRunAreValid() throws IOException, SAXException {
    assertThat(report(Runs.of(List.of())).getAttribute("tests")).isEqualTo("0");
    Element ended = report(Runs.ended(ConformanceResult.Reason.UNREACHABLE, "no route"));
    assertThat(ended.getAttribute("errors")).isEqualTo("1");
    assertThat(elements(ended, "error").get(0).getAttribute("message")).isEqualTo("no route");
  }
}
