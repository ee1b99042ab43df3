// Walks the manifest of a cohort.
import { getNextManifestPage, previewManifest } from "./client/idc";

async function walk(): Promise<void> {
  const cohort = { name: "", description: "", filters: { collection_id: ["tcga_read"] } };
  let rows = 0;

  let response: Awaited<ReturnType<typeof previewManifest | typeof getNextManifestPage>> =
    await previewManifest(cohort, { SOPInstanceUID: "True", page_size: 10 });
  while (true) {
    if (response.status !== 200 && response.status !== 202) {
      throw new Error(JSON.stringify(response.data));
    }
    // A 202 has a token, but no manifest.
    if (response.status === 200) {
      rows += response.data.manifest.json_manifest.length;
    }
    if (!response.data.next_page) {
      break;
    }
    response = await getNextManifestPage({ next_page: response.data.next_page, page_size: 10 });
  }
  console.log(`${rows} rows`);
}

void walk();
