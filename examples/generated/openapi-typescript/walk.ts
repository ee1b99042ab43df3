// Walks the manifest of a cohort.
import createClient from "openapi-fetch";
import type { components, paths } from "./client/idc";

type Schemas = components["schemas"];

async function walk(baseUrl: string): Promise<void> {
  const api = createClient<paths>({ baseUrl });
  let rows = 0;

  const first = await api.POST("/cohorts/manifest/preview", {
    params: { query: { SOPInstanceUID: "True", page_size: 10 } },
    body: { name: "", description: "", filters: { collection_id: ["tcga_read"] } },
  });
  let page: Schemas["ManifestPage"] | Schemas["ManifestAccepted"] | undefined = first.data;
  let error: Schemas["ApiError"] | Schemas["Retirement"] | string | undefined = first.error;
  while (page) {
    // A 202 has a token, but no manifest.
    if ("manifest" in page) {
      rows += page.manifest.json_manifest.length;
    }
    if (!page.next_page) {
      break;
    }
    ({ data: page, error } = await api.GET("/cohorts/manifest/nextPage", {
      params: { query: { next_page: page.next_page, page_size: 10 } },
    }));
  }
  if (error) {
    throw new Error(JSON.stringify(error));
  }
  console.log(`${rows} rows`);
}

void walk(process.argv[2]);
