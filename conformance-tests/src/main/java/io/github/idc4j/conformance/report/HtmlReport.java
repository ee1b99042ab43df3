package io.github.idc4j.conformance.report;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.github.idc4j.conformance.internal.text.SafeText;
import io.github.idc4j.conformance.run.ConformanceResult;
import io.github.idc4j.conformance.run.Status;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;

/** Writes the outcomes as one HTML page that works offline. */
final class HtmlReport {

  private HtmlReport() {}

  static String text(ConformanceResult result) {
    return template(resource("report.html")).execute(new HtmlModel(result));
  }

  private static Template template(Reader template) {
    return Mustache.compiler()
        .withLoader(HtmlReport::resource)
        .withCollector(new Options())
        .withFormatter(HtmlReport::text)
        .strictSections(true)
        .emptyStringIsFalse(true)
        .zeroIsFalse(true)
        .compile(template);
  }

  private static Reader resource(String name) {
    return new InputStreamReader(
        HtmlReport.class.getResourceAsStream(name), StandardCharsets.UTF_8);
  }

  private static String text(Object value) {
    if (value instanceof Status status) {
      return StatusText.of(status);
    }
    if (value instanceof Duration duration) {
      return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }
    return SafeText.visible(value.toString());
  }

  /**
   * Renders the template section of an optional value once, or not at all if the value is empty.
   */
  private static final class Options extends DefaultCollector {
    @Override
    public Iterator<?> toIterator(Object value) {
      return value instanceof Optional<?> option
          ? option.stream().iterator()
          : super.toIterator(value);
    }
  }
}
