// Walks the manifest of a cohort.
import type { AxiosResponse } from "axios";
import { BooleanLiteral, Configuration, ManifestApi, type ManifestPage } from "./client";

async function walk(url: string): Promise<void> {
  const api = new ManifestApi(new Configuration({ basePath: url }));
  const cohortRequest = { name: "", description: "", filters: { collection_id: ["tcga_read"] } };
  let rows = 0;

  let response: AxiosResponse<ManifestPage> = await api.previewManifest({
    cohortRequest,
    sOPInstanceUID: BooleanLiteral.True,
    pageSize: 10,
  });
  while (true) {
    // The type is that of a page, but a 202 has only a token.
    if (response.status === 200) {
      rows += response.data.manifest.json_manifest.length;
    }
    const nextPage = response.data.next_page;
    if (!nextPage) {
      break;
    }
    response = await api.getNextManifestPage({ nextPage, pageSize: 10 });
  }
  console.log(`${rows} rows`);
}

void walk(process.argv[2]);
