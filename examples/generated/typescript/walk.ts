// Walks the manifest of a cohort with the generated TypeScript client.
import { BooleanLiteral, Configuration, ManifestApi } from "./client";
import { ManifestAcceptedFromJSON } from "./client/models/ManifestAccepted";

async function walk(url: string): Promise<void> {
  const api = new ManifestApi(new Configuration({ basePath: url }));
  const cohortRequest = { name: "", description: "", filters: { collectionId: ["tcga_read"] } };
  const rows: string[] = [];
  let [total, pages, waits] = [0, 0, 0];

  let first = true;
  let token: string | null | undefined;
  while (first || token) {
    // The status is only in the answers of the "Raw" methods, and value() reads a 202 as if it
    // were a page.
    const answer = first
      ? await api.previewManifestRaw({
          cohortRequest,
          seriesInstanceUID: BooleanLiteral.True,
          pageSize: 3,
        })
      : await api.getNextManifestPageRaw({ nextPage: token!, pageSize: 3 });
    first = false;
    if (answer.raw.status === 202) {
      waits++;
      token = ManifestAcceptedFromJSON(await answer.raw.json()).nextPage;
      continue;
    }
    const page = await answer.value();
    pages++;
    rows.push(...page.manifest.jsonManifest.map((row) => row.seriesInstanceUID!));
    total = page.manifest.totalFound;
    token = page.nextPage;
  }

  const different = new Set(rows).size;
  if (rows.length !== total || different !== total) {
    throw new Error(`${rows.length} rows, ${different} different ones, of ${total}`);
  }
  if (waits === 0) {
    throw new Error("no answer was 202");
  }
  console.log(`typescript: ${rows.length} rows in ${pages} pages, ${waits} answers 202`);
}

void walk(process.argv[2]);
