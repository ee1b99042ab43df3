// The requests and programs that the page shows for a filter fetch the series that it counts. The
// command is tested where it is built, in cli.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { done } from "./browser.js";
import { SERVICE, UNUSUAL_SERVICE, chart, counted, first, hash, open, showAs, shownBody, totals } from "./explore.js";

const { JAVA } = process.env;

/** Returns what a program prints. */
async function run(program, args, options = {}) {
  const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 64 << 20, ...options });
  return stdout;
}

/** Returns the sorted lines of a text. */
function lines(text) {
  return text.trimEnd().split("\n").sort();
}

async function fetchUids(service, body) {
  const response = await fetch(new URL("/v1/cohorts/manifest/preview?SeriesInstanceUID=True&page_size=1000", service), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await response.json()).manifest.json_manifest.map((row) => row.SeriesInstanceUID).sort();
}

/** Runs everything that the page shows for a filter, and returns the number of series, which all must agree on. */
async function runShown(service, filters) {
  const page = await open({}, hash(filters), service);
  const shown = await totals(page);
  const series = first(shown);
  const uids = await fetchUids(service, await shownBody(page));
  assert.equal(uids.length, series, shown);

  const curl = JSON.parse(await run("bash", ["-c", await showAs(page, "curl (first page)")]));
  assert.deepEqual(curl.manifest.json_manifest.map((row) => row.SeriesInstanceUID).sort(), uids, "curl");

  assert.deepEqual(lines(await run("python3", ["-c", await showAs(page, "Python (requests)")])), uids, "Python");

  const cwd = mkdtempSync(join(tmpdir(), "idc4j"));
  try {
    writeFileSync(join(cwd, "Explored.java"), await showAs(page, "Java"));
    assert.deepEqual(lines(await run(JAVA, ["-Dfile.encoding=US-ASCII", join(cwd, "Explored.java")])), uids, "Java");
  } finally {
    rmSync(cwd, { recursive: true });
  }
  await done(page);
  return series;
}

test("the requests and programs fetch the series that the page counts", { timeout: 600_000 }, async () => {
  const series = await runShown(SERVICE, { collection_id: ["tcga_luad"], Modality: ["CT", "MR"], BodyPartExamined: ["CHEST", "None"], StudyDate: ["200%"] });
  assert.ok(series > 0 && series <= 1000);
});

test("they do so for values with quotes, commas, spaces, $, @ and umlauts, and without a value", { timeout: 600_000 }, async () => {
  const parts = ["None", "it's \"so\"", "$HOME", "H\\ÜFTE", "`x`", " a ", "a, b", ""];
  const modalities = ["@x", "M R", "O'T", "a,b", "-x"];
  // The i-th of 60 series has the modality i % 6 and the body part i % 10.
  assert.equal(await runShown(UNUSUAL_SERVICE, { BodyPartExamined: parts }), 48);
  assert.equal(await runShown(UNUSUAL_SERVICE, { Modality: modalities }), 50);
  assert.equal(await runShown(UNUSUAL_SERVICE, { BodyPartExamined: ["50%"] }), 6);
});

test("a chart shows and selects each value, also one with %", async () => {
  const page = await open({}, "", UNUSUAL_SERVICE);
  assert.equal(await totals(page), "60 series of 2 patients, 60 instances");
  const part = chart(page, "Body part");
  assert.equal(await part.locator(".bar").count(), 10);
  for (const bar of await part.locator(".bar").all()) {
    await bar.getByRole("checkbox").check();
    await counted(page);
    assert.equal(first(await totals(page)), 6, await bar.innerText());
    await page.getByRole("button", { name: "Clear filters" }).click();
    await counted(page);
  }
  await done(page);
});

test("the programs without a filter fetch all series", { timeout: 120_000 }, async () => {
  const page = await open();
  const series = first(await totals(page));
  assert.equal(lines(await run("python3", ["-c", await showAs(page, "Python (requests)")])).length, series);
  await done(page);
});
