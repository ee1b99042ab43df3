// Search, filters, themes, menus and code, by keyboard alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { data, done, launch, open, tab } from "./browser.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const { SITE } = process.env;
const PREVIEW = "reference.html#tag/manifest/POST/cohorts/manifest/preview";

const focused = (page) => page.locator("*:focus");

test("the first key leads past the header to the content", async () => {
  const page = await tab(browser);
  for (const file of ["index.html", "rules.html", "reference.html"]) {
    await open(page, file);
    await page.keyboard.press("Tab");
    assert.equal(await focused(page).innerText(), "Skip to the content", file);
    await page.keyboard.press("Enter");
    assert.equal(await focused(page).getAttribute("id"), "main", file);
  }
  await done(page);
});

test("whatever has the focus shows it", async () => {
  const page = await tab(browser);
  await open(page, "filters.html");
  const stops = await page.locator("a[href], button:visible, input, [tabindex='0']").count();
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press("Tab");
    const [shown, element] = await focused(page).evaluate((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return [outlineStyle !== "none" && parseFloat(outlineWidth) >= 2, element.outerHTML.slice(0, 200)];
    });
    assert.ok(shown, element);
  }
  await done(page);
});

test("the search finds schemas, properties, attributes, ranges and parameters, and leads to them", async () => {
  const page = await tab(browser);
  await open(page, "index.html");
  await page.keyboard.press("/");
  assert.equal(await focused(page).count(), 0, "a single key is no shortcut");
  for (const [words, title, url] of [
    ["ManifestRow", "ManifestRow", "reference.html#models/ManifestRow"],
    ["DicomMetadataRow", "DicomMetadataRow", "reference.html#models/DicomMetadataRow"],
    ["date_active", "Version", "reference.html#models/Version"],
    ["CRDC_Series_GUID", "CRDC_Series_GUID", `${PREVIEW}.query.CRDC_Series_GUID`],
    ["page_size", "page_size", `${PREVIEW}.query.page_size`],
    ["age_at_diagnosis_ebtw", "age_at_diagnosis", "attributes.html#age_at_diagnosis"],
    ["age_at_diagnosis", "age_at_diagnosis", "attributes.html#age_at_diagnosis"],
  ]) {
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+a");
    await page.keyboard.type(words);
    await page.keyboard.press("ArrowDown");
    const found = await focused(page).evaluate((link) => [link.firstChild.textContent, link.getAttribute("href")]);
    assert.deepEqual(found, [title, url]);
  }
  await page.keyboard.press("Enter");
  await page.locator("#age_at_diagnosis:target").waitFor();
  await done(page);
});

test("the search finds a rule by its words, and counts and shows all results", async () => {
  const page = await tab(browser);
  await open(page, "index.html");
  const links = page.locator("#results a");
  const search = async (words) => {
    await page.getByRole("searchbox", { name: "Search" }).fill(words);
    const count = await page.getByRole("status").filter({ hasText: /^\d+ results?$/ }).innerText();
    assert.equal(parseInt(count), await links.count(), words);
    return links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  };
  assert.ok((await search("framework 404 405 HTML media type")).includes("rules.html#specmedia-type"));
  assert.ok((await search("every row once")).includes("rules.html#pagingevery-row-once"));
  const rules = data("index.js").filter(({ page, text }) => page === "Rules" && /\bcohorts?\b/i.test(text));
  const found = await search("cohort");
  assert.ok(rules.length > 12);
  assert.deepEqual(rules.map(({ url }) => url).filter((url) => !found.includes(url)), []);
  await done(page);
});

for (const { file, words, name, match, other } of [
  { file: "rules.html", words: "trailing slash", name: "Filter rules and statements", match: "#routesfinal-slash", other: "#specbody" },
  { file: "attributes.html", words: "patient age", name: "Filter attributes", match: "#PatientAge", other: "#Modality" },
]) {
  test(`${file} is filtered by keyboard, and a link shows an entry that the filter hides`, async () => {
    const page = await tab(browser);
    await open(page, file);
    const total = await page.locator(".entry").count();
    const filter = page.getByRole("searchbox", { name });
    const count = page.locator("#filter-count");
    assert.equal(await count.innerText(), `${total}`);
    await filter.focus();
    await page.keyboard.type(words);
    const shown = await page.locator(".entry:visible").count();
    assert.ok(shown > 0 && shown < 20, `${shown} shown`);
    assert.equal(await count.innerText(), `${shown} of ${total}`);
    assert.ok(await page.locator(match).isVisible());
    assert.ok(await page.locator(other).isHidden());
    await page.evaluate((hash) => (location.hash = hash), other);
    await page.locator(`${other}:target`).waitFor();
    assert.ok(await page.locator(other).evaluate((target) => {
      const { top, bottom } = target.getBoundingClientRect();
      const middle = document.elementFromPoint(target.getBoundingClientRect().left + 8, (top + bottom) / 2);
      return target.contains(middle);
    }), "is in view and nothing covers it");
    await filter.fill("zebra");
    assert.equal(await count.innerText(), `0 of ${total}`);
    await filter.press("Escape");
    assert.equal(await count.innerText(), `${total}`);
    await done(page);
  });
}

test("a rule opens and closes by keyboard, and a link opens it", async () => {
  const page = await tab(browser);
  await open(page, "rules.html#specmedia-type");
  const opened = () => page.locator("details.entry[open] h3").allInnerTexts();
  assert.deepEqual(await opened(), ["spec.media-type"]);
  const summary = page.locator("details.entry > summary").first();
  await summary.press("Enter");
  assert.deepEqual(await opened(), ["spec.status", "spec.media-type"]);
  await summary.press("Space");
  assert.deepEqual(await opened(), ["spec.media-type"]);
  await done(page);
});

test("without scripts every rule and attribute is shown, and no filter", async () => {
  const page = await tab(browser, { javaScriptEnabled: false });
  for (const file of ["rules.html", "attributes.html"]) {
    await page.goto(SITE + file);
    assert.equal(await page.locator("details:not([open])").count(), 0, file);
    assert.ok(await page.locator(".entry").last().isVisible(), file);
    assert.ok(await page.locator("#filter").isHidden(), file);
  }
  await done(page);
});

test("code is coloured, and a button copies it", async () => {
  const page = await tab(browser, { permissions: ["clipboard-read", "clipboard-write"] });
  await open(page, "accepted.html");
  for (const language of ["java", "python", "typescript"]) {
    const [text, keyword] = await page.locator(`pre > .language-${language}`).first().evaluate((code) =>
      [code, code.querySelector(".hljs-keyword")].map((element) => getComputedStyle(element).color),
    );
    assert.notEqual(text, keyword, language);
  }
  const block = page.locator(".code").filter({ has: page.locator(".language-python") });
  await block.getByRole("button", { name: "Copy" }).press("Enter");
  await block.getByRole("button", { name: "Copied" }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, (await block.locator("code").textContent()).trimEnd());
  await done(page);
});

test("the menu spells out HTTP 202", async () => {
  const page = await tab(browser);
  await open(page, "index.html");
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "HTTP 202: pending queries" }).click();
  await page.getByRole("heading", { level: 1, name: "HTTP 202: pending queries" }).waitFor();
  await done(page);
});

test("the search says when it finds nothing, and Escape closes it", async () => {
  const page = await tab(browser);
  await open(page, "index.html");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("zebra");
  await page.getByRole("status").filter({ hasText: "No results for “zebra”." }).waitFor();
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#results").isHidden());
  assert.equal(await focused(page).getAttribute("id"), "query");
  await done(page);
});

test("the menu of a narrow page opens, leads to pages and closes", async () => {
  const page = await tab(browser, { viewport: { width: 400, height: 900 } });
  await open(page, "index.html");
  const button = page.getByRole("button", { name: "Pages" });
  const link = page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Start" });
  assert.ok(await link.isHidden());
  await button.press("Enter");
  await link.waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page).innerText(), "Start");
  await page.keyboard.press("Escape");
  assert.ok(await link.isHidden());
  assert.equal(await focused(page).innerText(), "Pages");
  await done(page);
});

test("the theme is switched by its button, kept, and however quickly it is pressed the diagrams follow", async () => {
  const page = await tab(browser, { colorScheme: "light" });
  await open(page, "paging.html");
  const fill = () => page.locator("pre.mermaid rect.actor").first().evaluate((box) => getComputedStyle(box).fill);
  const light = await fill();
  const button = page.getByRole("button", { name: "Dark colours" });
  for (let presses = 0; presses < 5; presses++) {
    await button.press("Space");
  }
  assert.equal(await button.getAttribute("aria-pressed"), "true");
  await page.waitForFunction(
    (before) => {
      const boxes = document.querySelectorAll("pre.mermaid rect.actor");
      return boxes.length > 0 && [...boxes].every((box) => getComputedStyle(box).fill !== before);
    },
    light,
  );
  assert.equal(await page.locator("pre.mermaid").count(), await page.locator("pre.mermaid > svg").count());
  await open(page, "reference.html");
  assert.equal(await page.locator("body.dark-mode").count(), 1);
  await done(page);
});
