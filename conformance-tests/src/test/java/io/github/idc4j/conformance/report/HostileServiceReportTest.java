package io.github.idc4j.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.conformance.rule.Level;
import io.github.idc4j.conformance.run.ConformanceRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A hostile service changes no report: not its structure, and not what a CI server does. */
class HostileServiceReportTest {

  /** All characters that are invisible or control a terminal, a log or the direction of text. */
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\p{Cc}&&[^\\n\\t\\r]]|[\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\u061C\\uFEFF\\u2028]");

  private static final String HOSTILE =
      "\n::error file=a::pwned\n##vso[task.setvariable variable=a]b\n##[error]c\n"
          + " \u202Egnp.exe\u2066\u200E\u200F\u061C\u200B\uFEFF\u0000\u0007\u009B\uFFFE\u2028"
          + "\rsection_start:1:x\r\u001b[0K@octocat #123 https://evil.example www.evil.example"
          + " </pre></details><script>alert(1)</script><img src=x> ``` ```` `x` ]]> &amp;"
          + " [a](https://evil.example) [[ATTACHMENT|/etc/passwd]] {{result}}"
          + "\n# heading\n/close\n";

  @TempDir static Path folder;

  private static String console;

  @BeforeAll
  static void check() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> serve(server), "hostile service");
      thread.setDaemon(true);
      thread.start();
      ConformanceRun.builder()
          .baseUrl(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1"))
          .select(Set.of(), Set.of("metadata"), EnumSet.allOf(Level.class))
          .reporter(Reports.folder(folder))
          .reporter(Reports.console(new PrintStream(out, true, StandardCharsets.UTF_8), false))
          .build()
          .run();
    }
    console = out.toString(StandardCharsets.UTF_8);
  }

  /** Responds to each request with hostile text in the reason phrase, a header and the body. */
  private static void serve(ServerSocket server) {
    String header = HOSTILE.replaceAll("[\\r\\n\\x00]", " ");
    JsonMapper json = JsonMapper.shared();
    String body =
        json.writeValueAsString(
            json.createObjectNode()
                .put("code", 200)
                .put("message", HOSTILE)
                .put(HOSTILE, HOSTILE)
                .put("code", HOSTILE));
    // The message of a redirect has the header; the evidence of other responses has the body.
    boolean isRedirect = false;
    while (!server.isClosed()) {
      isRedirect = !isRedirect;
      try (Socket socket = server.accept()) {
        InputStream in = socket.getInputStream();
        for (int last = 0, end = 0; end < 2 && last >= 0; ) {
          last = in.read();
          end = last == '\n' ? end + 1 : last == '\r' ? end : 0;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        OutputStream out = socket.getOutputStream();
        out.write(
            ("HTTP/1.1 "
                    + (isRedirect ? 302 : 200)
                    + " "
                    + header
                    + "\r\nContent-Type: application/json\r\nLocation: "
                    + header
                    + "\r\nConnection: close\r\nContent-Length: "
                    + bytes.length
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.write(bytes);
        out.flush();
      } catch (IOException e) {
        // The client went away, or the test is over.
      }
    }
  }

  @AfterAll
  static void hasFindings() {
    assertThat(console).contains("FAILED").contains("octocat", "\\u202E");
  }

  private static String read(String report) throws IOException {
    return Files.readString(folder.resolve(report));
  }

  @Test
  void noLineOfTheConsoleIsACommand() {
    assertThat(INVISIBLE.matcher(console).results().map(Object::toString)).isEmpty();
    assertThat(console).doesNotContain("##vso[", "##[", "\r");
    assertThat(console.lines()).noneMatch(line -> line.strip().startsWith("::"));
    assertThat(console.lines()).noneMatch(line -> line.startsWith("section_"));
  }

  @Test
  void theHtmlHasOnlyItsOwnElements() throws IOException {
    String text = read("index.html");
    Document page = ReportCounts.html(folder.resolve("index.html"));

    assertThat(INVISIBLE.matcher(text).find()).isFalse();
    assertThat(page.select("script")).hasSize(1);
    assertThat(page.select("img")).isEmpty();
    assertThat(page.select("#findings .response pre").text())
        .contains("@octocat #123", "\\u202Egnp.exe\\u2066", "</pre></details><script>");
  }

  @Test
  void theMarkdownHasTextOfTheServiceAsCodeOnly() throws IOException {
    String text = read("report.md");

    assertThat(INVISIBLE.matcher(text).find()).isFalse();
    assertThat(text).contains("@octocat");
    assertThat(withoutCode(text))
        .doesNotContain("octocat", "#123", "evil.example", "<script", "<img", "/close", "::error");
  }

  /** Removes code blocks and code spans as CommonMark finds them. */
  private static String withoutCode(String markdown) {
    StringBuilder rest = new StringBuilder();
    String fence = "";
    for (String line : markdown.split("\n", -1)) {
      Matcher mark = Pattern.compile("^(`{3,})([^`]*)$").matcher(line);
      if (fence.isEmpty() && mark.matches()) {
        fence = mark.group(1);
      } else if (!fence.isEmpty()) {
        fence = line.strip().matches("`{" + fence.length() + ",}") ? "" : fence;
      } else {
        rest.append(line.replaceAll("(?<!`)(`+)(?!`).*?(?<!`)\\1(?!`)", "")).append('\n');
      }
    }
    return rest.toString();
  }

  @Test
  void theJunitXmlIsWellFormedAndAttachesNoFile() throws IOException {
    org.w3c.dom.Element xml = ReportCounts.xml(folder.resolve("junit.xml"));

    assertThat(INVISIBLE.matcher(read("junit.xml")).find()).isFalse();
    assertThat(xml.getTextContent())
        .contains("@octocat", "\\u202Egnp.exe")
        .doesNotContain("[[ATTACHMENT", "##vso[");
  }

  @Test
  void theSarifMessagesHaveNoLinks() throws IOException {
    JsonNode sarif = ReportCounts.json(folder.resolve("report.sarif"));

    assertThat(INVISIBLE.matcher(read("report.sarif")).find()).isFalse();
    assertThat(sarif.at("/runs/0/results").valueStream())
        .isNotEmpty()
        .extracting(result -> result.at("/message/text").asString())
        .anyMatch(text -> text.contains("octocat"))
        .noneMatch(text -> text.contains("[a](") || INVISIBLE.matcher(text).find());
  }

  @Test
  void theJsonHasTheExactTextWithoutInvisibleCharacters() throws IOException {
    JsonNode json = ReportCounts.json(folder.resolve("report.json"));

    assertThat(INVISIBLE.matcher(read("report.json")).find()).isFalse();
    assertThat(json.at("/checks").valueStream())
        .anyMatch(check -> check.at("/evidence/response").asString("").contains("\u202Egnp.exe"));
  }
}
