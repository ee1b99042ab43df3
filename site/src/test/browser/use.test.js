// Search, themes and menus, by keyboard alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { done, launch, open, tab } from "./browser.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

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

test("the search says when it finds nothing, and Escape closes it", async () => {
  const page = await tab(browser);
  await open(page, "index.html");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("zebra");
  await page.getByRole("status").filter({ hasText: "Nothing is about “zebra”." }).waitFor();
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
