// Walks the manifest of a cohort.
import {
  type ApiResponse,
  BooleanLiteral,
  Configuration,
  ManifestApi,
  type ManifestPage,
} from "./client";
import { ManifestAcceptedFromJSON } from "./client/models/ManifestAccepted";

async function walk(url: string): Promise<void> {
  const api = new ManifestApi(new Configuration({ basePath: url }));
  const cohortRequest = { name: "", description: "", filters: { collectionId: ["tcga_read"] } };
  let rows = 0;

  // Only the "Raw" methods return the status code.
  let response: ApiResponse<ManifestPage> = await api.previewManifestRaw({
    cohortRequest,
    sOPInstanceUID: BooleanLiteral.True,
    pageSize: 10,
  });
  while (true) {
    let token: string | null | undefined;
    if (response.raw.status === 202) {
      // value() would decode it as if it were a page.
      token = ManifestAcceptedFromJSON(await response.raw.json()).nextPage;
    } else {
      const page = await response.value();
      rows += page.manifest.jsonManifest.length;
      token = page.nextPage;
    }
    if (!token) {
      break;
    }
    response = await api.getNextManifestPageRaw({ nextPage: token, pageSize: 10 });
  }
  console.log(`${rows} rows`);
}

void walk(process.argv[2]);
