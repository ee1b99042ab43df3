// Walks the manifest of a cohort with the generated TypeScript client.
import { BooleanLiteral, Configuration, ManifestApi } from "./client";
import { ManifestAcceptedFromJSON } from "./client/models/ManifestAccepted";

async function walk(url: string): Promise<void> {
  const api = new ManifestApi(new Configuration({ basePath: url }));
  const cohortRequest = { name: "", description: "", filters: { collectionId: ["tcga_read"] } };
  const rows: string[] = [];
  let [total, pages, polls] = [0, 0, 0];

  let first = true;
  let token: string | null | undefined;
  while (first || token) {
    // Only the "Raw" methods return the status code. value() decodes a 202 response as if it
    // were a page.
    const response = first
      ? await api.previewManifestRaw({
          cohortRequest,
          seriesInstanceUID: BooleanLiteral.True,
          pageSize: 3,
        })
      : await api.getNextManifestPageRaw({ nextPage: token!, pageSize: 3 });
    first = false;
    if (response.raw.status === 202) {
      polls++;
      token = ManifestAcceptedFromJSON(await response.raw.json()).nextPage;
      continue;
    }
    const page = await response.value();
    pages++;
    rows.push(...page.manifest.jsonManifest.map((row) => row.seriesInstanceUID!));
    total = page.manifest.totalFound;
    token = page.nextPage;
  }

  const distinct = new Set(rows).size;
  if (rows.length !== total || distinct !== total) {
    throw new Error(`${rows.length} rows, ${distinct} distinct, ${total} expected`);
  }
  if (polls === 0) {
    throw new Error("no response had status code 202");
  }
  console.log(`typescript: ${rows.length} rows in ${pages} pages, ${polls} polls`);
}

void walk(process.argv[2]);
