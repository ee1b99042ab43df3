package io.github.idc4j.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.squareup.moshi.JsonAdapter;
import io.github.idc4j.model.CohortRequest;
import io.github.idc4j.model.Filters;
import io.github.idc4j.model.QueryField;
import io.github.idc4j.model.QueryFields;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests how models are read from JSON and written to JSON. */
class JsonTest {

  private final JsonAdapter<QueryFields> fields = Json.moshi().adapter(QueryFields.class);

  @Test
  void readsAnUnknownConstantAndNullAsNull() throws IOException {
    assertThat(fields.fromJson("{\"fields\":[\"Modality\",\"NewField\",null]}").fields())
        .containsExactly(QueryField.MODALITY, null, null);
  }

  @Test
  void writesConstantsAsTheServiceNamesThem() {
    assertThat(fields.toJson(new QueryFields(List.of(QueryField.SOP_INSTANCE_UID))))
        .isEqualTo("{\"fields\":[\"SOPInstanceUID\"]}");
  }

  @Test
  void omitsNullsAndKeepsNumbersOfAnyClass() {
    Filters filters =
        new Filters(Map.of("age_at_diagnosis", List.of(new BigDecimal("53.10"), 7, 8L, 1.5)));

    assertThat(
            Json.moshi().adapter(CohortRequest.class).toJson(new CohortRequest("x", null, filters)))
        .isEqualTo("{\"name\":\"x\",\"filters\":{\"age_at_diagnosis\":[53.10,7,8,1.5]}}");
  }

  @Test
  void copiesListsWhichCanNotBeChanged() {
    List<QueryField> given = new ArrayList<>(List.of(QueryField.MODALITY));
    List<QueryField> kept = new QueryFields(given).fields();
    given.clear();

    assertThat(kept).containsExactly(QueryField.MODALITY);
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(kept::clear);
  }
}
