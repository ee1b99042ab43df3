package io.github.idc4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import io.github.idc4j.api.ManifestApi;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/** Tests the generated adapters of all models. */
class ModelAdaptersTest {

  private static final Moshi MOSHI =
      new Moshi.Builder().add(new ModelAdapters()).add(ModelAdaptersTest::refuse).build();

  private final JsonAdapter<ManifestRow> rows = MOSHI.adapter(ManifestRow.class);

  /**
   * Fails if a model has no generated adapter. Without this check, Moshi would use its own
   * factories, which use reflection.
   */
  private static @Nullable JsonAdapter<?> refuse(
      Type type, Set<? extends Annotation> annotations, Moshi moshi) {
    Class<?> raw = Types.getRawType(type);
    assertThat(raw.isRecord() || raw.isEnum() || raw.getName().startsWith("io.github"))
        .as("%s would be read by reflection", type)
        .isFalse();
    return null;
  }

  private static Stream<Class<?>> models() throws Exception {
    Path folder = Path.of(ManifestRow.class.getResource("ManifestRow.class").toURI()).getParent();
    List<Class<?>> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replaceFirst("\\.class$", "");
        Class<?> type = Class.forName("io.github.idc4j.model." + name);
        if (type.isRecord() || type.isEnum()) {
          found.add(type);
        }
      }
    }
    assertThat(found).hasSizeGreaterThan(40);
    return found.stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyModelHasAnAdapterThatUsesNoReflection(Class<?> model) throws IOException {
    assertThat(MOSHI.adapter(model).fromJson("null")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy-config.json", "reflect-config.json"})
  void nativeImageConfigurationNamesEveryInterface(String file) throws Exception {
    String config;
    try (InputStream stream =
        ModelAdapters.class.getResourceAsStream(
            "/META-INF/native-image/io.github.idc4j/idc4j-client/" + file)) {
      config = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
    Path api =
        Path.of(ModelAdapters.class.getResource("/io/github/idc4j/api/ManifestApi.class").toURI());
    try (Stream<Path> interfaces = Files.list(api.getParent())) {
      assertThat(
              interfaces
                  .map(path -> path.getFileName().toString().replaceFirst("\\.class$", ""))
                  .filter(name -> name.endsWith("Api"))
                  .map(name -> "\"io.github.idc4j.api." + name + "\""))
          .hasSize(6)
          .allSatisfy(name -> assertThat(config).contains(name));
    }
  }

  @Test
  void readsAndWritesEveryMember() throws IOException {
    String json =
        """
        {"Collection_ID":"tcga_read","Patient_ID":"P","StudyInstanceUID":"1.2",\
        "SeriesInstanceUID":"1.2.3","SOPInstanceUID":"1.2.3.4","Source_DOI":"10.1/x",\
        "CRDC_Study_GUID":"dg.4DFC/a","CRDC_Series_GUID":"dg.4DFC/b","CRDC_Instance_GUID":\
        "dg.4DFC/c","GCS_URL":"gs://bucket/b/c.dcm"}""";

    ManifestRow row = rows.fromJson(json);

    assertThat(rows.toJson(row)).isEqualTo(json);
    assertThat(row.other()).isEmpty();
  }

  @Test
  void keepsColumnsThatAreNotInTheSpecification() throws IOException {
    ManifestRow row =
        rows.fromJson("{\"AWS_URL\":\"s3://b\",\"Patient_ID\":\"P\",\"tags\":[\"x\",null]}");

    assertThat(row.patientId()).isEqualTo("P");
    assertThat(row.other()).containsEntry("AWS_URL", "s3://b").containsKey("tags").hasSize(2);
    assertThat(rows.toJson(row))
        .isEqualTo("{\"Patient_ID\":\"P\",\"AWS_URL\":\"s3://b\",\"tags\":[\"x\",null]}");
  }

  @Test
  void keepsEqualTextsOfAColumnOnce() throws IOException {
    List<ManifestRow> read =
        MOSHI
            .<List<ManifestRow>>adapter(Types.newParameterizedType(List.class, ManifestRow.class))
            .fromJson(
                """
                [{"Patient_ID":"A","GCS_URL":"1"},{"Patient_ID":"A","GCS_URL":"2"},
                 {"Patient_ID":"A","GCS_URL":"3"},{"Patient_ID":null,"GCS_URL":"\\u0033"},
                 {"Patient_ID":"\\u0041"},{"Patient_ID":"B"},{"Patient_ID":"A"},{}]""");

    assertThat(read)
        .extracting(ManifestRow::patientId)
        .containsExactly("A", "A", "A", null, "A", "B", "A", null);
    assertThat(read)
        .extracting(ManifestRow::gcsUrl)
        .containsExactly("1", "2", "3", "3", null, null, null, null);
    assertThat(read.get(1).patientId()).isSameAs(read.get(0).patientId());
    assertThat(read.get(2).patientId()).isSameAs(read.get(0).patientId());
    assertThat(read.get(4).patientId()).isSameAs(read.get(0).patientId());
    assertThat(read.get(3).gcsUrl()).isSameAs(read.get(2).gcsUrl());
  }

  @Test
  void convertsUrlsAndGuidsToUris() throws IOException {
    ManifestRow row =
        rows.fromJson(
            "{\"GCS_URL\":\"gs://idc-open-data/a/b.dcm\",\"CRDC_Instance_GUID\":\"dg.4DFC/b\"}");

    assertThat(row.gcsUri()).contains(URI.create("gs://idc-open-data/a/b.dcm"));
    assertThat(row.crdcInstanceDrsUri())
        .contains(URI.create("drs://nci-crdc.datacommons.io/dg.4DFC/b"));
    assertThat(row.crdcSeriesDrsUri()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rows.fromJson("{\"GCS_URL\":\"gs://a b\"}").gcsUri());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"next_page\":\"secret\"}",
        "{\"code\":202,\"query_info\":{\"next_page\":\"secret\"},\"next_page\":\"secret\"}"
      })
  void toStringHidesPageTokens(String json) throws IOException {
    for (Class<?> model :
        List.of(
            ManifestPage.class,
            ManifestFirstPage.class,
            ManifestAccepted.class,
            QueryPage.class,
            QueryFirstPage.class,
            QueryAccepted.class,
            DicomMetadataPage.class,
            DicomMetadataFirstPage.class)) {
      assertThat(MOSHI.adapter(model).fromJson(json)).asString().doesNotContain("secret");
      assertThat(MOSHI.adapter(model).fromJson("{}")).asString().doesNotContain("***");
    }
  }

  @Test
  void toStringHasTheFormOfOtherRecords() {
    assertThat(new ManifestPage(200, null, "secret"))
        .hasToString("ManifestPage[code=200, manifest=null, nextPage=***]");
    assertThat(new ManifestPage(200, null, null))
        .hasToString("ManifestPage[code=200, manifest=null, nextPage=null]");
  }

  @Test
  void queryParametersCanBePassedByName() {
    ManifestApi manifests =
        new Retrofit.Builder()
            .baseUrl("https://idc.example/v1/")
            .addConverterFactory(MoshiConverterFactory.create(MOSHI))
            .build()
            .create(ManifestApi.class);

    assertThat(manifests.getManifest(7L, Map.of("Patient_ID", "True")).request().url())
        .hasToString("https://idc.example/v1/cohorts/manifest/7?Patient_ID=True");
  }
}
