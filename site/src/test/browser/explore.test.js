// The page of the reference service that explores the data: charts that filter each other.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { DARK, LIGHT, done, violations } from "./browser.js";
import { SERVICE, UNUSUAL_SERVICE, chart, counted, expectFailures, first, hash, open, otherTotals, setHash, showAs, shownBody, totals } from "./explore.js";

const WIDTHS = [360, 768, 1440];

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
      assert.deepEqual(await violations(page), [], at);
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
  const counts = await chart(page, "Collection").locator(".bar .count").allTextContents();
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
  await page.keyboard.press("Tab"); // the field that finds a collection
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

test("the button copies what the page shows", async () => {
  const page = await open({ permissions: ["clipboard-read", "clipboard-write"] }, hash({ Modality: ["CT"] }));
  const curl = await showAs(page, "curl (first page)");
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByRole("status").getByText("Copied", { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), curl);
  await page.getByLabel("Show as").selectOption("JSON");
  assert.equal(await page.locator("#copied").innerText(), "");
  await done(page);
});

test("the title and the heading say that the data are synthetic", async () => {
  const page = await open();
  assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /^Explore synthetic data like IDC release [\d.]+$/);
  assert.equal(await page.title(), await page.getByRole("heading", { level: 1 }).innerText());
  const real = await open({}, "", UNUSUAL_SERVICE);
  assert.equal(await real.title(), "Explore IDC data release 25.0");
  await done(page);
  await done(real);
});

test("the back button returns to the previous filter", async () => {
  const page = await open();
  const all = await totals(page);
  await chart(page, "Modality").getByRole("checkbox").first().check();
  const one = await otherTotals(page, all);
  await chart(page, "Modality").getByRole("checkbox").nth(1).check();
  const two = await otherTotals(page, one);
  await page.goBack();
  assert.equal(await otherTotals(page, two), one);
  assert.equal(await page.getByRole("checkbox", { checked: true }).count(), 1);
  await page.goBack();
  assert.equal(await otherTotals(page, one), all);
  assert.equal(await page.locator("#filter").innerText(), "No filter");
  await page.goForward();
  assert.equal(await otherTotals(page, all), one);
  await done(page);
});

test("the collections with the most series of a modality come first", async () => {
  const page = await open();
  const before = await totals(page);
  const names = async () => (await chart(page, "Collection").locator(".bar .value").allTextContents()).join(" ");
  const unfiltered = await names();
  // The least frequent modality, whose collections have another order than those of all series.
  await chart(page, "Modality").getByRole("checkbox").last().check();
  await otherTotals(page, before);
  assert.notEqual(await names(), unfiltered);
  const counts = (await chart(page, "Collection").locator(".bar .count").allTextContents()).map(first);
  assert.deepEqual(counts, counts.toSorted((a, b) => b - a));
  await done(page);
});

test("a chart shows ten values at first, finds values, and shows all", async () => {
  const page = await open({}, hash({ collection_id: ["no_such_collection"] }));
  await page.getByRole("button", { name: "Clear filters" }).click();
  await counted(page);
  const collection = chart(page, "Collection");
  const visible = collection.locator(".bar:visible");
  assert.equal(await visible.count(), 10);
  const all = collection.getByRole("button", { name: /^Show all \d+$/ });
  const count = first(await all.innerText());
  assert.ok(count > 10);
  await all.click();
  assert.equal(await visible.count(), count);
  await collection.getByRole("button", { name: "Show 10" }).click();
  assert.equal(await visible.count(), 10);

  const last = await collection.locator(".bar .value").nth(count - 1).textContent();
  await collection.getByRole("searchbox", { name: "Find in Collection" }).fill(last.toUpperCase());
  assert.equal(await visible.locator(".value").textContent(), last);
  await collection.getByRole("searchbox").fill("nothing");
  await collection.getByRole("status").getByText("No value contains “nothing”.").waitFor();
  assert.equal(await visible.count(), 0);

  await collection.getByRole("searchbox").fill(last);
  await visible.getByRole("checkbox").check();
  await collection.getByRole("searchbox").fill("");
  await counted(page);
  assert.equal(await visible.count(), 11);
  assert.ok(await collection.getByRole("checkbox", { name: last }).isVisible());
  await done(page);
});

test("the page says that no series match, and which values the filter has", async () => {
  const page = await open({}, hash({ collection_id: ["no_such_collection"], BodyPartExamined: ["None"] }));
  assert.equal(await totals(page), "No series match this filter");
  assert.equal(await page.locator("#filter").innerText(), "Collection: no_such_collection · Body part: (no value)");
  assert.ok(await chart(page, "Collection").getByRole("checkbox", { name: "no_such_collection 0" }).isChecked());
  assert.ok(await page.getByRole("button", { name: "Download manifest" }).isDisabled());
  await page.getByRole("button", { name: "Clear filters" }).click();
  await counted(page);
  assert.ok(first(await totals(page)) > 0);
  await done(page);
});

test("the page says that the service does not respond, and continues when it does", async () => {
  const page = await open();
  const before = await totals(page);
  await page.context().setOffline(true);
  await chart(page, "Modality").getByRole("checkbox").first().check();
  await page.getByRole("alert").getByText(`The service at ${new URL(SERVICE).origin} does not respond.`).waitFor();
  assert.equal(await totals(page), "The series were not counted");
  assert.deepEqual([...new Set(await chart(page, "Collection").locator(".bar .count").allTextContents())], ["–"]);
  await page.context().setOffline(false);
  const retry = page.getByRole("button", { name: "Try again" });
  await retry.press("Enter");
  await counted(page);
  assert.ok(first(await totals(page)) < first(before));
  assert.equal(await page.getByRole("alert").innerText(), "");
  assert.ok(await retry.isHidden());
  assert.equal(await page.evaluate(() => document.activeElement.id), "totals");
  expectFailures(page);
  await done(page);
});

test("the manifest and the table have the series that the page counts", async () => {
  const page = await open({}, hash({ collection_id: ["tcga_luad"] }));
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
  await otherTotals(page, before);
  assert.equal(pending, -1);

  await page.unroute(counts);
  await page.route(counts, (route) => route.fulfill({ status: 500, json: { code: 500, message: "The query failed." } }));
  await modality.uncheck();
  await page.getByRole("alert").getByText("The query failed.").waitFor();
  assert.equal(await totals(page), "The series were not counted");
  expectFailures(page);
  await done(page);
});
