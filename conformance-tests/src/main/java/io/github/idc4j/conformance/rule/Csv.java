package io.github.idc4j.conformance.rule;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Reads the CSV files that are part of the suite and of the spec. */
public final class Csv {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Csv() {}

  /** Returns the rows of a CSV file, without the header line. */
  public static List<CSVRecord> rows(URL table) {
    try (Reader reader =
        new BufferedReader(new InputStreamReader(table.openStream(), StandardCharsets.UTF_8))) {
      skipByteOrderMark(reader);
      return FORMAT.parse(reader).getRecords();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips the byte order mark that spreadsheet programs may write at the beginning of a file. */
  private static void skipByteOrderMark(Reader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
  }
}
