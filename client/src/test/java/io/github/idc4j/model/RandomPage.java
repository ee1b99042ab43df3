package io.github.idc4j.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import okio.Buffer;

/** Creates random pages with similar rows, and damages pages. */
final class RandomPage {

  /** A family of pages: its model, the beginning of the JSON, and the columns. */
  enum Family {
    MANIFEST(
        ManifestPage.class,
        "{\"code\":200,\"manifest\":{\"json_manifest\":",
        "Collection_ID Patient_ID StudyInstanceUID SeriesInstanceUID SOPInstanceUID Source_DOI"
            + " CRDC_Study_GUID CRDC_Series_GUID CRDC_Instance_GUID GCS_URL"),
    METADATA(
        DicomMetadataPage.class,
        "{\"code\":200,\"query_results\":{\"json\":",
        "Allergies Modality ImageType StudyDate PatientID MedicalAlerts SliceThickness gcs_url"),
    QUERY(
        QueryPage.class,
        "{\"code\":200,\"cohort\":{},\"query_results\":{\"json\":",
        "PatientID Modality SliceThickness SeriesNumber");

    private final Class<?> model;
    private final String prefix;
    private final String columns;

    Family(Class<?> model, String prefix, String columns) {
      this.model = model;
      this.prefix = prefix;
      this.columns = columns;
    }

    Class<?> model() {
      return model;
    }
  }

  private static final List<String> LISTS = List.of("Allergies", "ImageType", "MedicalAlerts");
  private static final List<String> STYLES = List.of(",|:", ", |: ", ",\n      |: ", " , | :\t");
  private static final List<String> PIECES =
      List.of(
          "a",
          "7",
          ".",
          "1.3.6.1.4.1.14519",
          "dg.4DFC/",
          "tcga_",
          "é",
          "日本",
          "😀",
          "\\\"",
          "\\\\",
          "\\u00e9",
          "\\n",
          "\\/",
          "\\ud83d\\ude00",
          "null",
          "}",
          "{",
          "]",
          ",",
          ":",
          " ",
          "\t");
  private static final List<String> OTHER_VALUES =
      List.of(
          "7",
          "-1.5e3",
          "true",
          "NULL",
          "{}",
          "{\"a\":[1]}",
          "[]",
          "[null]",
          "[\"x\",null]",
          "[[\"x\"]]",
          "\"x\"",
          "\"\\x\"",
          "\"\\u12\"",
          "'x'",
          "x");
  private static final byte[] DAMAGE =
      "\"\\{}[],:0n /#'\0\u007f".getBytes(StandardCharsets.ISO_8859_1);

  private final Random random;
  private final Family family;
  private final boolean sound;
  private final int keep;
  private final List<String> columns;
  private final List<String> values = new ArrayList<>();
  private String[] style = {",", ":"};

  /**
   * Creates a page.
   *
   * @param sound whether all rows are valid, that is, without unknown or repeated members and with
   *     values of the right types
   */
  RandomPage(Random random, Family family, boolean sound) {
    this.random = random;
    this.family = family;
    this.sound = sound;
    keep = random.nextInt(100);
    List<String> all = List.of(family.columns.split(" "));
    columns = new ArrayList<>(all.subList(0, 1 + random.nextInt(all.size())));
    Collections.shuffle(columns, random);
    columns.forEach(column -> values.add(value(column, "\"\"")));
    style = style();
  }

  private String[] style() {
    return STYLES.get(random.nextInt(10) > 0 ? 0 : random.nextInt(STYLES.size())).split("\\|");
  }

  private boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  byte[] bytes() {
    StringBuilder page = new StringBuilder(family.prefix).append('[');
    int rows = random.nextInt(oneIn(10) ? 120 : 30);
    for (int i = 0; i < rows; i++) {
      page.append(i == 0 ? "" : style[0]).append(row());
    }
    page.append("],\"rowsReturned\":")
        .append(rows)
        .append(",\"totalFound\":9},\"next_page\":\"t\"}");
    page.append(oneIn(4) ? " {\"after\":[]}" : "");
    return page.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String row() {
    if (!sound && oneIn(60)) {
      return oneIn(2) ? "{}" : "null";
    }
    if (oneIn(60)) {
      style = style();
    }
    if (oneIn(60)) {
      swapColumns();
    }
    List<String> members = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (random.nextInt(100) >= keep) {
        values.set(i, value(columns.get(i), values.get(i)));
      }
      members.add('"' + columns.get(i) + '"' + style[1] + values.get(i));
    }
    if (!sound && oneIn(60)) {
      members.add(random.nextInt(members.size()), any(List.of("\"New\":1", "\"\\u0041\":\"x\"")));
    }
    if (!sound && oneIn(60)) {
      members.add(any(members));
    }
    if (oneIn(60)) {
      members.remove(random.nextInt(members.size()));
    }
    String blank = oneIn(60) ? " " : "";
    return '{' + blank + String.join(style[0], members) + blank + '}';
  }

  private void swapColumns() {
    int i = random.nextInt(columns.size());
    int j = random.nextInt(columns.size());
    Collections.swap(columns, i, j);
    Collections.swap(values, i, j);
  }

  private String value(String column, String previous) {
    if (oneIn(12)) {
      return "null";
    }
    if (!sound && oneIn(150)) {
      return any(OTHER_VALUES);
    }
    if (!LISTS.contains(column)) {
      return text(previous);
    }
    List<String> texts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      texts.add(text("\"\""));
    }
    return '[' + String.join(style[0], texts) + ']';
  }

  /** Returns a JSON string. It often has the same beginning as the previous string. */
  private String text(String previous) {
    StringBuilder text = new StringBuilder("\"");
    if (previous.startsWith("\"") && previous.indexOf('\\') < 0 && !oneIn(3)) {
      String content = previous.substring(1, previous.length() - 1);
      text.append(content);
      text.setLength(Math.max(1, text.length() - random.nextInt(3)));
      if (Character.isHighSurrogate(text.charAt(text.length() - 1))) {
        text.setLength(text.length() - 1);
      }
    }
    for (int i = random.nextInt(oneIn(5) ? 20 : 3); i > 0 && text.length() < 200; i--) {
      text.append(oneIn(4) ? any(PIECES) : PIECES.get(random.nextInt(6)));
    }
    return text.append('"').toString();
  }

  /** Returns a copy of a page with one to three changes. One page in ten is also truncated. */
  static byte[] damaged(Random random, byte[] page) {
    byte[] damaged = page;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(damaged.length);
      int end = Math.min(damaged.length, at + 1 + random.nextInt(20));
      damaged =
          switch (random.nextInt(5)) {
            case 0 -> changed(damaged, at, at + 1, (byte) random.nextInt(256));
            case 1 -> changed(damaged, at, at + 1, DAMAGE[random.nextInt(DAMAGE.length)]);
            case 2 -> changed(damaged, at, at, DAMAGE[random.nextInt(DAMAGE.length)]);
            case 3 -> changed(damaged, at, at, Arrays.copyOfRange(damaged, at, end));
            default -> changed(damaged, at, end);
          };
    }
    return random.nextInt(10) == 0
        ? Arrays.copyOf(damaged, random.nextInt(damaged.length + 1))
        : damaged;
  }

  private static byte[] changed(byte[] bytes, int from, int to, byte... replacement) {
    Buffer changed = new Buffer().write(bytes, 0, from).write(replacement);
    return changed.write(bytes, to, bytes.length - to).readByteArray();
  }
}
