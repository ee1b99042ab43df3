package io.github.idc4j.openapi.bundler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class BundlerTest {

  @TempDir Path folder;

  @BeforeEach
  void writeCatalogue() throws IOException {
    write(
        "attributes.csv",
        """
        name,value_type,data_type,data_source,units,filter,query_field,dicom_metadata,description,example
        Modality,string,Categorical String,dicom_pivot,,yes,yes,yes,DICOM Modality,CT
        age,number,Continuous Numeric,clinical,years,yes,no,no,Age of the patient,50|70.5
        ImageType,list,,dicom_pivot,,no,no,yes,DICOM Image Type,ORIGINAL|PRIMARY
        """);
    write(
        "manifest-columns.csv",
        """
        key,column,prefix,format,description
        Kind,Modality,,,DICOM Modality
        Kind_URL,Modality,kinds/,uri,Address of the kind
        """);
  }

  @Test
  void makesComponentsOfReferencesAndPutsPathsInPlace() throws IOException {
    write("paths/a.yaml", "get:\n  schema:\n    $ref: ../schemas/s.yaml#/Node\n");
    write("schemas/s.yaml", "Node:\n  items:\n    $ref: '#/Node'\n");

    ObjectNode bundle = bundle("paths:\n  /a:\n    $ref: paths/a.yaml#/get\n");

    assertThat(bundle.at("/paths/~1a/schema/$ref").asString())
        .isEqualTo("#/components/schemas/Node");
    assertThat(bundle.at("/components/schemas/Node/items/$ref").asString())
        .isEqualTo("#/components/schemas/Node");
  }

  @Test
  void refusesOneNameInTwoFiles() throws IOException {
    write("schemas/a.yaml", "Name:\n  type: string\n");
    write("schemas/b.yaml", "Name:\n  type: number\n");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> bundle("x:\n  $ref: schemas/a.yaml#/Name\ny:\n  $ref: schemas/b.yaml#/Name\n"))
        .withMessageContaining("schemas/Name is defined in");
  }

  @Test
  void namesTheReferenceThatLeadsNowhere() throws IOException {
    write("schemas/a.yaml", "Name:\n  type: string\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> bundle("x:\n  $ref: schemas/a.yaml#/Other\n"))
        .withMessageContaining("$ref to nothing: schemas/a.yaml#/Other");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bundle("x:\n  $ref: schemas/none.yaml#/Name\n"))
        .withMessageContaining("No such file");
  }

  @Test
  void completesSchemasFromTheCatalogue() throws IOException {
    ObjectNode bundle =
        bundle(
            """
            filters:
              x-catalogue: filters
            fields:
              x-catalogue: query-fields
            row:
              x-catalogue: dicom-metadata
            manifest:
              x-catalogue: manifest-row
            parameters:
              - x-catalogue: manifest-parameters
            """);

    assertThat(bundle.at("/filters/properties").propertyNames())
        .containsExactly(
            "Modality",
            "age",
            "age_lt",
            "age_lte",
            "age_btw",
            "age_ebtw",
            "age_ebtwe",
            "age_btwe",
            "age_gte",
            "age_gt");
    assertThat(bundle.at("/filters/properties/age_btw/minItems").asInt()).isEqualTo(2);
    assertThat(bundle.at("/filters/properties/age_lt/maxItems").asInt()).isEqualTo(1);
    assertThat(bundle.at("/filters/properties/age/description").asString())
        .isEqualTo("Age of the patient. Unit: years.");
    assertThat(bundle.at("/filters/properties/age_gt/description").asString())
        .isEqualTo("`age` greater than the value. Unit: years.");
    assertThat(bundle.at("/filters/properties/Modality/example").toString()).isEqualTo("[\"CT\"]");
    assertThat(bundle.at("/filters/properties/age/example").toString()).isEqualTo("[50]");
    assertThat(bundle.at("/filters/properties/age_lt/example").toString()).isEqualTo("[70.5]");
    assertThat(bundle.at("/filters/properties/age_btw/example").toString()).isEqualTo("[50,70.5]");
    assertThat(bundle.at("/fields/enum").toString()).isEqualTo("[\"Modality\"]");
    assertThat(bundle.at("/row/properties/ImageType/type").asString()).isEqualTo("array");
    assertThat(bundle.at("/row/properties/ImageType/example").toString())
        .isEqualTo("[\"ORIGINAL\",\"PRIMARY\"]");
    assertThat(bundle.at("/row/properties/Modality/example").asString()).isEqualTo("CT");
    assertThat(bundle.at("/row/required").toString()).isEqualTo("[\"Modality\",\"ImageType\"]");
    assertThat(bundle.at("/manifest/properties").propertyNames())
        .containsExactly("Kind", "Kind_URL");
    assertThat(bundle.at("/manifest/properties/Kind/format").isMissingNode()).isTrue();
    assertThat(bundle.at("/manifest/properties/Kind_URL/format").asString()).isEqualTo("uri");
    assertThat(bundle.at("/manifest/properties/Kind_URL/example").asString()).isEqualTo("kinds/CT");
    assertThat(bundle.at("/parameters/0/name").asString()).isEqualTo("Kind");
    assertThat(bundle.toString()).doesNotContain("x-catalogue");
  }

  private ObjectNode bundle(String entry) throws IOException {
    write("entry.yaml", entry);
    return new Bundler(Catalogue.read(folder)).bundle(folder.resolve("entry.yaml"));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
