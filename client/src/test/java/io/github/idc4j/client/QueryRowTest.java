package io.github.idc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.idc4j.model.QueryField;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the values of a row of a query. */
class QueryRowTest {

  private final QueryRow row = row();

  private static QueryRow row() {
    Map<String, String> values = new HashMap<>();
    values.put("SliceThickness", " 1.250");
    values.put("Modality", "CT");
    values.put("PatientID", null);
    values.put("Margin", "smooth\\\\sharp");
    values.put("Unknown", "x");
    return new QueryRow(values);
  }

  @Test
  void readsTextsAndNumbers() {
    assertThat(row.text(QueryField.MODALITY)).hasValue("CT");
    assertThat(row.number(QueryField.SLICE_THICKNESS)).hasValue(new BigDecimal("1.250"));
  }

  @Test
  void partsTheValuesOfATextAtBackslashes() {
    assertThat(row.list(QueryField.MARGIN)).containsExactly("smooth", "", "sharp");
    assertThat(row.list(QueryField.MODALITY)).containsExactly("CT");
    assertThat(row.list(QueryField.PATIENT_ID)).isEmpty();
  }

  @Test
  void takesNullAndAbsentForNoValue() {
    assertThat(row.text(QueryField.PATIENT_ID)).isEmpty();
    assertThat(row.number(QueryField.STUDY_DATE)).isEmpty();
  }

  @Test
  void keepsWhatItDoesNotKnow() {
    assertThat(row.asMap()).containsEntry("Unknown", "x").containsEntry("PatientID", null);
  }

  @Test
  void saysWhatIsNoNumber() {
    assertThatThrownBy(() -> row.number(QueryField.MODALITY))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage("Modality is not a number, but CT. Read it with text().");
  }
}
