// The page of the reference service that explores the data: charts that filter each other.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { DARK, LIGHT, barriers, done, launch, tab } from "./browser.js";

const { JAVA, SERVICE } = process.env;
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

async function setHash(page, filters) {
  await page.evaluate((fragment) => (location.hash = fragment), hash(filters));
}

/** Opens the page, and waits until it shows the counts for a filter, which must not select all series. */
async function openFiltered(filters) {
  const page = await open();
  const before = await totals(page);
  await setHash(page, filters);
  await otherTotals(page, before);
  return page;
}

/** Returns the first number in a text. */
function first(text) {
  return Number(text.match(/[\d,]+/)[0].replaceAll(",", ""));
}

/** Returns the fragment of the URL for a filter. */
function hash(filters) {
  return `#${encodeURIComponent(JSON.stringify(filters))}`;
}

/** Returns what a program prints. */
async function run(program, args) {
  const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 64 << 20 });
  return stdout;
}

/** Returns the sorted lines of a text. */
function lines(text) {
  return text.trimEnd().split("\n").sort();
}

async function shownBody(page) {
  return JSON.parse(await showAs(page, "JSON"));
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
  const counts = await chart(page, "Collection").locator(".bar:visible .count").allInnerTexts();
  assert.equal(counts.reduce((sum, count) => sum + first(count), 0), first(after));
  assert.equal(await chart(page, "Modality").innerText(), modalities);
  assert.equal(new URL(page.url()).hash, hash({ Modality: [await modality.inputValue()] }));

  await page.getByRole("button", { name: "Clear filters" }).click();
  assert.equal(await otherTotals(page, after), before);
  assert.equal(await modality.isChecked(), false);
  assert.equal(new URL(page.url()).hash, "");
  // The button is disabled now, so it cannot keep the focus.
  assert.equal(await page.evaluate(() => document.activeElement.id), "totals");
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
  const { filters } = await shownBody(page);
  assert.deepEqual(Object.keys(filters), ["collection_id", "StudyDate"]);
  assert.match(filters.StudyDate[0], /^\d{4}%$/);
  await done(page);
});

test("the page applies the filter in its URL, also if the URL changes", async () => {
  const page = await open({}, hash({ collection_id: ["tcga_luad"], Modality: ["CT", "SEG"], SOPInstanceUID: ["1.2"] }));
  const before = await totals(page);
  assert.ok(await chart(page, "Collection").getByRole("checkbox", { name: "tcga_luad" }).isChecked());
  // The page has no chart for SOPInstanceUID.
  assert.deepEqual((await shownBody(page)).filters, { collection_id: ["tcga_luad"], Modality: ["CT", "SEG"] });

  await setHash(page, { Modality: ["MR"] });
  await otherTotals(page, before);
  assert.deepEqual((await shownBody(page)).filters, { Modality: ["MR"] });
  assert.ok(await chart(page, "Modality").getByRole("checkbox", { name: "MR" }).isChecked());
  assert.equal(await page.getByRole("checkbox", { checked: true }).count(), 1);
  await done(page);
});

test("the requests and programs fetch the series that the page counts", { timeout: 120_000 }, async () => {
  const filters = { collection_id: ["tcga_luad"], Modality: ["CT", "MR"], BodyPartExamined: ["CHEST", "None", "it's, \"so\""], StudyDate: ["200%"] };
  const page = await openFiltered(filters);
  const series = first(await totals(page));
  assert.ok(series > 0 && series <= 1000);

  const body = await shownBody(page);
  assert.deepEqual(body.filters, filters);
  const response = await fetch(new URL("/v1/cohorts/manifest/preview?SeriesInstanceUID=True", SERVICE), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const uids = (await response.json()).manifest.json_manifest.map((row) => row.SeriesInstanceUID).sort();
  assert.equal(uids.length, series);

  const curl = await run("bash", ["-c", await showAs(page, "curl (first page)")]);
  const { cohort, manifest } = JSON.parse(curl);
  assert.deepEqual(cohort.filterSet.filters, filters);
  assert.deepEqual(manifest.json_manifest.map((row) => row.SeriesInstanceUID).sort(), uids);

  assert.deepEqual(lines(await run("python3", ["-c", await showAs(page, "Python (requests)")])), uids);

  const folder = mkdtempSync(join(tmpdir(), "idc4j"));
  try {
    writeFileSync(join(folder, "Explored.java"), await showAs(page, "Java"));
    assert.deepEqual(lines(await run(JAVA, [join(folder, "Explored.java")])), uids);
  } finally {
    rmSync(folder, { recursive: true });
  }

  const command = await showAs(page, "idc4j command");
  assert.deepEqual(lines(await run("bash", ["-c", `idc4j() { printf '%s\\n' "$@"; }; ${command.replace("./", "")}`])).toSorted(), [
    "--base-url",
    "--collection",
    "--modality",
    "--where",
    "--where",
    "-o",
    'BodyPartExamined = CHEST,None,"it\'s, ""so"""',
    "CT,MR",
    "StudyDate ~ 200%",
    SERVICE,
    "manifest",
    "manifest.csv",
    "tcga_luad",
  ].toSorted());
  await done(page);
});

test("the button copies what the page shows", async () => {
  const page = await open({ permissions: ["clipboard-read", "clipboard-write"] }, hash({ Modality: ["CT"] }));
  const curl = await showAs(page, "curl (first page)");
  await page.getByRole("button", { name: "Copy" }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), curl);
  await done(page);
});

test("the programs without a filter fetch all series", { timeout: 120_000 }, async () => {
  const page = await open();
  const series = first(await totals(page));
  assert.equal(lines(await run("python3", ["-c", await showAs(page, "Python (requests)")])).length, series);
  await done(page);
});

test("the manifest and the table have the series that the page counts", async () => {
  const page = await openFiltered({ collection_id: ["tcga_luad"] });
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

test("the page polls while the service counts, and shows a failure", async () => {
  const page = await open();
  const before = await totals(page);
  let pending = 2;
  const counts = "**/explore/counts?**";
  await page.route(counts, (route) => (pending-- > 0 ? route.fulfill({ status: 202, json: { code: 202, message: "Pending." } }) : route.continue()));
  const modality = chart(page, "Modality").getByRole("checkbox").first();
  await modality.check();
  const after = await otherTotals(page, before);
  assert.equal(pending, -1);

  await page.unroute(counts);
  await page.route(counts, (route) => route.fulfill({ status: 500, json: { code: 500, message: "The query failed." } }));
  await modality.uncheck();
  await page.getByRole("alert").getByText("The query failed.").waitFor();
  assert.equal(await totals(page), after);
  page.faults.splice(0, page.faults.length, ...page.faults.filter((fault) => !fault.includes("500")));
  await done(page);
});
