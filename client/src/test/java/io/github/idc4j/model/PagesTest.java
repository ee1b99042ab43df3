package io.github.idc4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests which rows {@link ModelAdapters#reader} decodes fast, and which rows it leaves to Moshi.
 */
class PagesTest {

  private static final Moshi MOSHI = new Moshi.Builder().add(new ModelAdapters()).build();

  private static List<DicomMetadataRow> metadata(String rows) throws IOException {
    return read("{\"query_results\":{\"json\":[" + rows + "]}}", DicomMetadataPage.class)
        .queryResults()
        .json();
  }

  private static List<Map<String, String>> query(String rows) throws IOException {
    return read("{\"query_results\":{\"json\":[" + rows + "]}}", QueryPage.class)
        .queryResults()
        .json();
  }

  private static <T> T read(String json, Class<T> model) throws IOException {
    return MOSHI.adapter(model).fromJson(ModelAdapters.reader(new Buffer().writeUtf8(json)));
  }

  /**
   * Returns whether the reader decodes a row fast. Moshi creates a new list for each row. If the
   * row has the same list object as the previous row, the reader decoded it fast.
   */
  private static boolean isFast(String row) throws IOException {
    List<DicomMetadataRow> rows =
        metadata(
            """
            {"ImageType":["A"],"Modality":"CT"},{"ImageType":["A"],%s},\
            {"ImageType":["A"],"Modality":"CT"}"""
                .formatted(row));
    return rows.get(1).imageType() == rows.get(0).imageType();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Modality\":\"MR\"",
        "\"Modality\":\"\"",
        "\"Modality\":null",
        "\"Modality\":\"é 日本 😀\"",
        "\"Modality\":\"a\\\"b\\\\c\\u00e9\\/\\n\"",
        "\"Modality\":\"a text that is longer than the previous one\""
      })
  void decodesTextsFast(String member) throws IOException {
    assertThat(isFast(member)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Modality\":7",
        "\"Modality\":NULL",
        "\"Modality\":\"CT\",\"Modality\":\"MR\"",
        "\"New\":\"x\"",
        "\"Mod\\u0061lity\":\"CT\""
      })
  void leavesOtherRowsToMoshi(String member) throws IOException {
    assertThat(isFast(member)).isFalse();
  }

  @Test
  void decodesChangedListsFast() throws IOException {
    List<DicomMetadataRow> rows =
        metadata(
            """
            {"Allergies":[],"ImageType":["A","B"],"Modality":"CT"},
            {"Allergies":[],"ImageType":["A","C\\n"],"Modality":"CT"},
            {"Allergies":["x"],"ImageType":["A","C\\n"],"Modality":"CT"}""");

    assertThat(rows)
        .extracting(DicomMetadataRow::imageType)
        .containsExactly(List.of("A", "B"), List.of("A", "C\n"), List.of("A", "C\n"));
    assertThat(rows.get(1).allergies()).isSameAs(rows.get(0).allergies());
    assertThat(rows.get(2).imageType()).isSameAs(rows.get(1).imageType());
  }

  @Test
  void queryRowsAreImmutableMapsInTheOrderOfTheColumns() throws IOException {
    List<Map<String, String>> rows =
        query("{\"b\":\"1\",\"a\":null},{\"b\":\"2\",\"a\":\"3\"},{\"a\":\"3\"},{\"b\":\"5\"}");

    assertThat(rows).hasToString("[{b=1, a=null}, {b=2, a=3}, {a=3}, {b=5}]");
    Map<String, String> first = rows.get(0);
    assertThat(first.get("b")).isEqualTo("1");
    assertThat(first.get("a")).isNull();
    assertThat(first.get("c")).isNull();
    assertThat(first.containsKey("a")).isTrue();
    assertThat(first.containsKey("c")).isFalse();
    assertThat(first).hasSize(2);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> first.put("a", "x"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> first.remove("b"));
  }

  @Test
  void reportsTheErrorsOfMoshi() {
    assertThatExceptionOfType(JsonDataException.class)
        .isThrownBy(() -> metadata("{\"Modality\":\"CT\"},{\"Modality\":{}}"))
        .withMessage(
            "Expected a string but was BEGIN_OBJECT at path $.query_results.json[1].Modality");
    assertThatExceptionOfType(JsonDataException.class)
        .isThrownBy(() -> query("{\"a\":\"1\"},{\"a\":\"1\",\"a\":\"2\"}"))
        .withMessageContaining("Map key 'a' has multiple values at path $.query_results.json[1].a");
  }

  /**
   * Returns a source that returns one byte at a time. If {@code fails} is true, the source throws
   * an exception at the end.
   */
  private static BufferedSource slowly(String json, boolean fails) {
    Buffer bytes = new Buffer().writeUtf8(json);
    return Okio.buffer(
        new Source() {
          @Override
          public long read(Buffer sink, long byteCount) throws IOException {
            if (bytes.exhausted() && fails) {
              throw new IOException("connection lost");
            }
            return bytes.read(sink, 1);
          }

          @Override
          public Timeout timeout() {
            return Timeout.NONE;
          }

          @Override
          public void close() {}
        });
  }

  @Test
  void failuresOfTheSourceAreThrown() {
    BufferedSource failing = slowly("{\"query_results\":{\"json\":[{\"Modality\":\"C", true);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> MOSHI.adapter(DicomMetadataPage.class).fromJson(ModelAdapters.reader(failing)))
        .withMessage("connection lost");
  }

  @Test
  void rowsInSmallChunksAreDecodedFast() throws IOException {
    String row = "{\"ImageType\":[\"A\"],\"Modality\":\"CT\"}";
    BufferedSource source =
        slowly("{\"query_results\":{\"json\":[" + row + "," + row + "," + row + "]}}", false);

    List<DicomMetadataRow> rows =
        MOSHI
            .adapter(DicomMetadataPage.class)
            .fromJson(ModelAdapters.reader(source))
            .queryResults()
            .json();

    assertThat(rows.get(1).imageType()).isSameAs(rows.get(0).imageType());
    assertThat(rows.get(2).imageType()).isSameAs(rows.get(0).imageType());
  }

  @Test
  void longRowsAreDecodedOverManySegments() throws IOException {
    String text = "x".repeat(30_000);
    String row = "{\"ImageType\":[\"A\"],\"Modality\":\"%s%d\"}";

    List<DicomMetadataRow> rows =
        metadata(
            IntStream.range(0, 20)
                .mapToObj(number -> row.formatted(text, number))
                .collect(Collectors.joining(",")));

    assertThat(rows).hasSize(20);
    assertThat(rows.get(19).modality()).isEqualTo(text + 19);
    assertThat(rows.get(19).imageType()).isSameAs(rows.get(0).imageType());
  }

  @Test
  void rowsOfManyLayoutsAreDecodedByMoshi() throws IOException {
    String both = "{\"a\":\"1\",\"b\":\"2\"},{\"b\":\"2\",\"a\":\"1\"}";

    List<Map<String, String>> rows = query(String.join(",", Collections.nCopies(24, both)));

    assertThat(rows).hasSize(48).allMatch(row -> row.equals(Map.of("a", "1", "b", "2")));
    assertThat(rows.get(47).getClass()).isNotEqualTo(rows.get(0).getClass());
  }

  @Test
  void rowsOfDifferentModelsMayHaveTheSameLayout() throws IOException {
    JsonAdapter<Map<String, String>> maps =
        MOSHI.adapter(Types.newParameterizedType(Map.class, String.class, String.class));
    JsonReader reader =
        ModelAdapters.reader(
            new Buffer()
                .writeUtf8(
                    "[{\"SeriesInstanceUID\":\"a\"},{\"SeriesInstanceUID\":\"b\"},{\"SeriesInstanceUID\":\"c\"}]"));

    reader.beginArray();
    assertThat(MOSHI.adapter(ManifestRow.class).fromJson(reader).seriesInstanceUid())
        .isEqualTo("a");
    assertThat(maps.fromJson(reader)).isEqualTo(Map.of("SeriesInstanceUID", "b"));
    assertThat(MOSHI.adapter(DicomMetadataRow.class).fromJson(reader).seriesInstanceUid())
        .isEqualTo("c");
    reader.endArray();
  }

  @Test
  void readsDocumentsThatAreNotPages() throws IOException {
    JsonReader reader =
        ModelAdapters.reader(new Buffer().writeUtf8("{\"Patient_ID\":\"P\"} {\"x\":1}"));

    assertThat(MOSHI.adapter(ManifestRow.class).fromJson(reader).patientId()).isEqualTo("P");
  }
}
