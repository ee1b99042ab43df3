import java.util.List;
import java.util.Map;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.ManifestApi;
import org.openapitools.client.model.BooleanLiteral;
import org.openapitools.client.model.CohortRequest;
import org.openapitools.client.model.ManifestResponse;

/** Walks over all pages of the manifest of a cohort, and counts the rows. */
public class Walk {

  public static void main(String[] args) throws ApiException {
    ApiClient client = new ApiClient();
    client.updateBaseUri(args[0]);
    ManifestApi api = new ManifestApi(client);
    CohortRequest cohort =
        new CohortRequest()
            .name("")
            .description("")
            .filters(Map.of("collection_id", List.of("tcga_read")));

    ManifestResponse page =
        api.previewManifest(
            cohort, null, null, null, null, BooleanLiteral.TRUE, null, null, null, null, null, null,
            10);
    int rows = 0;
    while (true) {
      // A 202 response has a page token, but no manifest.
      if (page.getManifest() != null) {
        rows += page.getManifest().getJsonManifest().size();
      }
      String token = page.getNextPage();
      if (token == null || token.isEmpty()) {
        break;
      }
      page = api.getNextManifestPage(token, 10);
    }
    System.out.println(rows + " rows");
  }
}
