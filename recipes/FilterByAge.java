import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.client.filter.Bounds;

/** Prints the patients of an age range. The data must have the clinical attributes. */
class FilterByAge {
  public static void main(String[] args) {
    try (IdcClient client = IdcClient.builder().baseUrl(args[0]).build()) {
      var cohort =
          CohortDefinition.of(
              Attributes.COLLECTION_ID.anyOf("tcga_luad", "tcga_read"),
              Attributes.AGE_AT_DIAGNOSIS.between(40, 70, Bounds.CLOSED_OPEN));
      client
          .previewManifest(cohort, ManifestColumn.PATIENT_ID)
          .forEach(row -> System.out.println(row.patientId()));
    }
  }
}
