import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.filter.Attributes;

/**
 * Saves a cohort, prints its patients, and deletes it. The ID token is in an environment variable.
 */
class SaveCohort {
  public static void main(String[] args) {
    var credentials = Credentials.of(System.getenv("IDC4J_TOKEN"));
    try (IdcClient client = IdcClient.builder().baseUrl(args[0]).credentials(credentials).build()) {
      var definition = CohortDefinition.of("rectum", Attributes.COLLECTION_ID.anyOf("tcga_read"));
      long id = client.createCohort(definition).cohortId();
      try {
        client
            .manifest(id, ManifestColumn.PATIENT_ID)
            .forEach(row -> System.out.println(row.patientId()));
      } finally {
        System.out.println(client.deleteCohort(id).result().notes());
      }
    }
  }
}
