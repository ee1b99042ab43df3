package io.github.idc4j.client.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

  @ParameterizedTest
  @CsvSource({
    "SOPInstanceUID, sopInstanceUid, SOP_INSTANCE_UID",
    "CRDC_Study_GUID, crdcStudyGuid, CRDC_STUDY_GUID",
    "GCS_URL, gcsUrl, GCS_URL",
    "source_DOI, sourceDoi, SOURCE_DOI",
    "clinical_T, clinicalT, CLINICAL_T",
    "SUVbw, suVbw, SU_VBW",
    "tcia_tumorLocation, tciaTumorLocation, TCIA_TUMOR_LOCATION",
    "icd_o_3_site, icdO3Site, ICD_O_3_SITE",
    "next_page, nextPage, NEXT_PAGE",
    "True, true_, TRUE",
    "hashCode, hashCode_, HASH_CODE",
    "class, class_, CLASS",
    "2nd, _2Nd, _2_ND"
  })
  void convertsNames(String name, String variable, String constant) {
    assertThat(Names.variable(name)).isEqualTo(variable);
    assertThat(Names.constant(name)).isEqualTo(constant);
  }
}
