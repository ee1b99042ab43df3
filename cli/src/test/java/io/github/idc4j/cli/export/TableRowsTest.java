package io.github.idc4j.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableRowsTest {

  private static List<String> lines(int width, List<String> columns, List<List<?>> rows)
      throws IOException {
    StringBuilder text = new StringBuilder();
    TableRows writer = new TableRows(text, columns, width);
    writer.begin(List.of());
    for (int i = 0; i < rows.size(); i++) {
      writer.write(i, rows.get(i));
    }
    writer.end(rows.size());
    return text.toString().lines().toList();
  }

  @Test
  void columnsAreAligned() throws IOException {
    assertThat(
            lines(
                80,
                List.of("name", "n", "values"),
                List.of(
                    Arrays.asList("a", 7, List.of("x", "y")),
                    Arrays.asList(null, 1234, null),
                    Arrays.asList("longer", null, Map.of("k", List.of(1))))))
        .containsExactly(
            "name       n  values",
            "a          7  x, y",
            "        1234",
            "longer        {\"k\":[1]}");
  }

  @Test
  void widestColumnsAreCut() throws IOException {
    assertThat(
            lines(
                30,
                List.of("id", "text", "note"),
                List.of(List.of("12345678", "a".repeat(40), "b".repeat(20)))))
        .containsExactly("id        text       note", "12345678  aaaaaaaa…  bbbbbbbb…");
  }

  @Test
  void identifiersAndNumbersAreCutLast() throws IOException {
    List<String> columns = List.of("id", "text", "number");
    List<List<?>> rows = List.of(List.of("1234567890", "a".repeat(20), 123456789012L));

    assertThat(lines(36, columns, rows))
        .containsExactly(
            "id          text              number", "1234567890  aaaaaaaaa…  123456789012");
    assertThat(lines(30, columns, rows).get(1)).isEqualTo("12345678…  aaaaaaa…  12345678…");
  }

  @Test
  void noColumnGetsTooNarrow() throws IOException {
    assertThat(lines(1, List.of("a", "b"), List.of(List.of("1234567890", "12"))))
        .containsExactly("a         b", "1234567…  12");
  }

  @Test
  void charactersOutsideTheBasicPlaneAreNotSplit() throws IOException {
    assertThat(lines(8, List.of("a"), List.of(List.of("😀".repeat(9)))))
        .containsExactly("a", "😀".repeat(7) + "…");
  }

  @Test
  void textCannotChangeTheTerminalOrTheTable() throws IOException {
    assertThat(lines(80, List.of("a"), List.of(List.of("x\u001b[2J\r\n\n y\u0007"))))
        .containsExactly("a", "x [2J y");
  }

  @Test
  void laterRowsAreCutToTheWidthsOfTheFirst() throws IOException {
    int rows = TableRows.MEASURED + 1;
    Object[] values = new Object[rows];
    Arrays.fill(values, "12345678");
    values[rows - 1] = "123456789";

    List<String> lines =
        lines(80, List.of("a"), Arrays.stream(values).<List<?>>map(List::of).toList());

    assertThat(lines).hasSize(rows + 1).contains("12345678").endsWith("1234567…");
  }

  @Test
  void emptyTableHasAHeader() throws IOException {
    assertThat(lines(80, List.of("a", "b"), List.of())).containsExactly("a  b");
  }
}
