// The page of the reference service that explores the data: charts that filter each other.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { DARK, LIGHT, barriers, done, launch, tab } from "./browser.js";

const { SERVICE } = process.env;
const WIDTHS = [360, 800, 1280];
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function open(options, fragment = "") {
  const page = await tab(browser, options);
  await page.goto(new URL(`/${fragment}`, SERVICE).href);
  await page.getByRole("group", { name: "Collection" }).waitFor();
  return page;
}

function chart(page, name) {
  return page.getByRole("group", { name, exact: true });
}

async function totals(page) {
  return page.locator("#totals").innerText();
}

/** Waits until the page shows other totals, and returns them. */
async function otherTotals(page, before) {
  await page.waitForFunction((text) => document.getElementById("totals").innerText !== text, before);
  return totals(page);
}

/** Returns the first number in a text. */
function first(text) {
  return Number(text.match(/[\d,]+/)[0].replaceAll(",", ""));
}

async function showAs(page, language) {
  await page.getByLabel("Show as").selectOption(language);
  return page.locator("#code").innerText();
}

test("the page is accessible, and does not scroll sideways, at every width in both themes", async () => {
  // The page allows no scripts of others, and axe is one.
  const page = await open({ bypassCSP: true });
  await page.getByText("First rows", { exact: true }).click();
  await page.locator("tbody tr").first().waitFor();
  await chart(page, "Modality").getByRole("checkbox").first().check();
  for (const theme of [LIGHT, DARK]) {
    await page.emulateMedia(theme);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const at = `${theme.colorScheme}, ${width} pixels`;
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${at}: scrolls sideways`);
      assert.deepEqual(await barriers(page), [], at);
    }
  }
  await done(page);
});

test("a chart filters the other charts, and not itself", async () => {
  const page = await open();
  const before = await totals(page);
  const collections = await chart(page, "Collection").innerText();
  const modalities = await chart(page, "Modality").innerText();
  const modality = chart(page, "Modality").getByRole("checkbox").first();
  const label = await chart(page, "Modality").locator(".bar").first().innerText();
  await modality.check();
  const after = await otherTotals(page, before);
  assert.equal(first(after), first(label.split("\n").at(-1)));
  assert.notEqual(await chart(page, "Collection").innerText(), collections);
  assert.equal(await chart(page, "Modality").innerText(), modalities);

  await page.getByRole("button", { name: "Clear filters" }).click();
  assert.equal(await otherTotals(page, after), before);
  assert.equal(await modality.isChecked(), false);
  await done(page);
});

test("the keyboard chooses a value and a year, and keeps the focus", async () => {
  const page = await open();
  const before = await totals(page);
  await page.keyboard.press("Tab"); // the link to the operations
  await page.keyboard.press("Tab"); // the button for the manifest, because no filter can be cleared
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  const after = await otherTotals(page, before);
  assert.equal(await page.evaluate(() => document.activeElement.name), "collection_id");
  const year = chart(page, "Year of the study").getByRole("radio").first();
  await year.focus();
  await page.keyboard.press("ArrowDown");
  await otherTotals(page, after);
  const { filters } = JSON.parse(await showAs(page, "JSON"));
  assert.deepEqual(Object.keys(filters), ["collection_id", "StudyDate"]);
  assert.match(filters.StudyDate[0], /^\d{4}%$/);
  await done(page);
});

test("the filter in the URL is applied, and shown as requests and programs", async () => {
  const filters = { collection_id: ["tcga_luad"], Modality: ["CT", "SEG"], StudyDate: ["None"] };
  const page = await open({}, `#${encodeURIComponent(JSON.stringify(filters))}`);
  assert.deepEqual(JSON.parse(await showAs(page, "JSON")).filters, filters);
  assert.ok(await chart(page, "Collection").getByRole("checkbox", { name: "tcga_luad" }).isChecked());
  assert.match(await showAs(page, "curl"), /"collection_id":\["tcga_luad"\]/);
  assert.match(await showAs(page, "Java"), /Attributes\.COLLECTION_ID\.anyOf\("tcga_luad"\)/);
  assert.match(await showAs(page, "Python (requests)"), /"Modality": \[\n +"CT",/);
  assert.match(await showAs(page, "idc4j command"), /--collection 'tcga_luad'.*\n.*--modality 'CT,SEG'/);
  await done(page);
});

test("the manifest and the table have the series that the page counts", async () => {
  const filters = { collection_id: ["tcga_luad"] };
  const page = await open({}, `#${encodeURIComponent(JSON.stringify(filters))}`);
  await page.getByText("First rows", { exact: true }).click();
  await page.locator("tbody tr").first().waitFor();
  const series = first(await totals(page));
  assert.equal(Number((await page.locator("#found").innerText()).match(/of ([\d,]+)/)[1].replaceAll(",", "")), series);
  assert.equal(await page.locator("tbody tr").count(), 10);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download manifest" }).click(),
  ]);
  const lines = readFileSync(await download.path(), "utf8").trimEnd().split("\r\n");
  assert.equal(lines[0], "Collection_ID,Patient_ID,StudyInstanceUID,SeriesInstanceUID");
  assert.equal(new Set(lines.slice(1)).size, series);
  assert.ok(lines.slice(1).every((line) => line.startsWith("tcga_luad,")));
  await done(page);
});

test("a failure is shown", async () => {
  const page = await open();
  await page.route("**/explore/counts?**", (route) =>
    route.fulfill({ status: 503, json: { code: 503, message: "The series have not been counted yet." } }),
  );
  await chart(page, "Modality").getByRole("checkbox").first().check();
  await page.getByRole("alert").getByText("have not been counted yet").waitFor();
  page.faults.splice(0, page.faults.length, ...page.faults.filter((fault) => !fault.includes("503")));
  await done(page);
});
