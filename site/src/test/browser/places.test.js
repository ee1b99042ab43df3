// Links into the reference, whose headings are drawn in the browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DARK, barriers, data, done, launch, open, tab } from "./browser.js";
import { land, operations, place } from "./places.js";

const { SITE } = process.env;
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("a link from another page lands on its operation", async () => {
  const other = await tab(browser);
  await open(other, "index.html");
  const operation = operations.find(({ operationId }) => operationId === "previewQuery");
  await other.getByRole("link", { name: "POST /cohorts/query/preview" }).click();
  await other.getByRole("heading", { name: operation.summary }).waitFor();
  await done(other);
});

test("the reference lists its operations at once, and draws one when it is chosen", async () => {
  const page = await tab(browser, DARK);
  await page.goto(SITE + "reference.html");
  const links = page.getByRole("navigation", { name: "Operations" }).getByRole("link", { name: /^(GET|POST|DELETE) / });
  assert.equal(await links.count(), operations.length);
  // Scalar's script alone keeps a slow computer busy for more than two seconds.
  assert.equal(await page.evaluate(() => "Scalar" in window), false);
  assert.deepEqual(await barriers(page), []);
  const operation = operations.find(({ operationId }) => operationId === "previewQuery");
  await links.filter({ hasText: "POST /cohorts/query/preview" }).press("Enter");
  await page.getByRole("heading", { name: operation.summary }).waitFor();
  assert.equal(await page.locator("body.dark-mode").count(), 1);
  await done(page);
});

test("each link into the reference lands on its heading, and operations are for everybody", async () => {
  const links = data("index.js").filter(({ url }) => url.startsWith("reference.html#"));
  assert.ok(links.length > operations.length + 56, `${links.length} links`);
  const oneOfEachTag = operations.filter(
    ({ tags: [tag] }, at) => operations.findIndex((other) => other.tags[0] === tag) === at,
  );
  const page = await tab(browser);
  await open(page, "reference.html");
  for (const { url, title } of links) {
    const hash = url.slice(url.indexOf("#") + 1);
    const operation = operations.find((candidate) => place(candidate) === hash);
    await land(page, hash, operation?.summary ?? title);
    if (oneOfEachTag.includes(operation)) {
      assert.deepEqual(await barriers(page, `api-1/${hash}`), [], hash);
    }
  }
  await done(page);
});

for (const width of [400, 800]) {
  test(`at ${width} pixels no header covers where a link lands, and dark colours are for everybody too`, async () => {
    const page = await tab(browser, { viewport: { width, height: 900 }, ...DARK });
    await open(page, "reference.html");
    const operation = operations.find(({ operationId }) => operationId === "previewManifest");
    for (const [hash, words] of [
      [place(operation), operation.summary],
      ["models/ManifestRow", "ManifestRow"],
    ]) {
      await land(page, hash, words);
      assert.deepEqual(await barriers(page), [], hash);
    }
    await done(page);
  });
}
