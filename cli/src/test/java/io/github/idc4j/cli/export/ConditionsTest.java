package io.github.idc4j.cli.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.idc4j.client.filter.Filter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which filter a condition stands for, and the messages about invalid conditions. */
class ConditionsTest {

  private final Conditions conditions = new Conditions();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Modality = CT | Modality [CT]",
        "Modality=CT, MR | Modality [CT, MR]",
        "Modality == CT | Modality [CT]",
        "StudyDescription = \"a, b\",\"say \"\"c\"\"\" | StudyDescription [a, b, say \"c\"]",
        "StudyDescription ~ %CHEST% | StudyDescription [%CHEST%]",
        "age_at_diagnosis < 70 | age_at_diagnosis_lt [70]",
        "age_at_diagnosis<=70 | age_at_diagnosis_lte [70]",
        "age_at_diagnosis > 70 | age_at_diagnosis_gt [70]",
        "age_at_diagnosis >= 70 | age_at_diagnosis_gte [70]",
        "age_at_diagnosis = 70 | age_at_diagnosis_ebtwe [70, 70]",
        "age_at_diagnosis 53..69 | age_at_diagnosis_ebtwe [53, 69]",
        "age_at_diagnosis 53..<69 | age_at_diagnosis_ebtw [53, 69]",
        "age_at_diagnosis 53<..69 | age_at_diagnosis_btwe [53, 69]",
        "age_at_diagnosis 53 <..< 69 | age_at_diagnosis_btw [53, 69]",
        "days_to_birth -20000.5..-1e3 | days_to_birth_ebtwe [-20000.5, -1E+3]",
        "AGE_AT 53..69 | age_at_diagnosis_ebtwe [53, 69]",
        "studydescr = x | StudyDescription [x]",
        "COLLECTIONID = nlst | collection_id [nlst]"
      })
  void conditionStandsForFilter(String condition, String expected) {
    Filter filter = conditions.parse(condition);

    assertThat(filter.name() + " " + filter.values()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ManufacturrModelNam = x | Did you mean ManufacturerModelName",
        "qqq = x | There is no filter attribute qqq.",
        "AGE 53..69 | can be age_at_diagnosis or age_began_smoking_in_years",
        "Modality | Write NAME = VALUE",
        "Modality = | Write NAME = VALUE",
        "Modality 1..5 | has text values (Categorical String)",
        "Modality < 5 | has text values (Categorical String)",
        "Modality = C% | write Modality ~ C%",
        "StudyDescription = \"a | open double quote",
        "age_at_diagnosis ~ 5% | is a number. Patterns (~) are for text",
        "age_at_diagnosis = 53,69 | 53,69 is not a number",
        "age_at_diagnosis 69..53 | Swap the bounds"
      })
  void invalidConditionIsExplained(String condition, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> conditions.parse(condition))
        .withMessageContaining(message);
  }

  @Test
  void valuesCanBeInAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("patients.txt"), "\ufeffa,b\n\n\"c\"\r\n @d\n");

    Filter filter = conditions.parse("PatientID = @" + file);

    assertThat(filter.name()).isEqualTo("PatientID");
    assertThat(filter.values()).isEqualTo(List.of("a,b", "\"c\"", " @d"));
    assertThat(conditions.parse("PatientID = \"@x\"").values()).isEqualTo(List.of("@x"));
    Files.writeString(file, "\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> conditions.parse("PatientID = @" + file))
        .withMessage(file + " contains no values. Write each value in a line of its own.");
  }

  @Test
  void valuesCanBeInTheStandardInput() {
    InputStream standard = System.in;
    try {
      System.setIn(new ByteArrayInputStream("Müller\n\nb\n".getBytes(UTF_8)));
      assertThat(conditions.parse("PatientID = @-").values()).isEqualTo(List.of("Müller", "b"));
      // The first condition has read all of it.
      assertThatIllegalArgumentException()
          .isThrownBy(() -> conditions.parse("PatientID = @-"))
          .withMessageStartingWith("The standard input contains no values.");
      System.setIn(new ByteArrayInputStream("Müller".getBytes(ISO_8859_1)));
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> conditions.parse("PatientID = @-"))
          .withCauseInstanceOf(CharacterCodingException.class);
    } finally {
      System.setIn(standard);
    }
  }
}
