// Links into the reference, whose headings are drawn in the browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { data, done, launch, open, tab } from "./browser.js";
import { land, operations, place } from "./places.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("a link from another page lands on its operation", async () => {
  const other = await tab(browser);
  await open(other, "index.html");
  const operation = operations.find(({ operationId }) => operationId === "previewQuery");
  await other.getByRole("link", { name: "POST /cohorts/query/preview" }).click();
  await other.getByRole("heading", { name: operation.summary }).waitFor({ timeout: 5000 });
  await done(other);
});

test("each link into the reference lands on its heading", async () => {
  const links = data("index.js").filter(({ url }) => url.startsWith("reference.html#"));
  assert.ok(links.length > operations.length + 56, `${links.length} links`);
  const page = await tab(browser);
  await open(page, "reference.html");
  for (const { url, title } of links) {
    const hash = url.slice(url.indexOf("#") + 1);
    const words = operations.find((operation) => place(operation) === hash)?.summary ?? title;
    await land(page, hash, words);
  }
  await done(page);
});
