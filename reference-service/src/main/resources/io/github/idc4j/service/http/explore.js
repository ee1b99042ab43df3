// Charts that filter each other. The state of the page is the filter, which is also in the URL.
import { Chart, LABELS, shownValue } from "./charts.js";
import { COLUMNS, FORMS, body } from "./code.js";
import { counts, element, firstRows, manifestPages } from "./service.js";

const ROWS = 10;
const MANIFEST_ROWS = 10_000;

const at = (id) => document.getElementById(id);
const number = new Intl.NumberFormat("en");
let filters = {};
/** The charts by the name of their attribute. A chart is hidden if the data does not have the attribute. */
const charts = new Map(Object.keys(LABELS).map((attribute) => [attribute, new Chart(attribute)]));
let counting = new AbortController();
let listing = new AbortController();
let download = null;

function report(failure) {
  if (failure.name !== "AbortError") {
    at("problem").textContent = failure.message;
  }
}

function amount(count, one, many) {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}

function draw({ totals, counts: found }) {
  at("totals").textContent =
    totals.series === 0
      ? "No series match this filter"
      : `${number.format(totals.series)} series of ${amount(totals.patients, "patient", "patients")}, ${amount(totals.instances, "instance", "instances")}`;
  charts.forEach((chart, attribute) => chart.draw(found[attribute] ?? []));
  at("manifest").disabled = totals.series === 0 && download === null;
}

/** Shows that the counts of the filter are unknown. */
function drawNothing() {
  at("totals").textContent = "The series were not counted";
  charts.forEach((chart) => chart.clear());
  at("manifest").disabled = download === null;
  at("retry").hidden = false;
}

async function update() {
  counting.abort();
  counting = new AbortController();
  const { signal } = counting;
  clearProblem();
  if (download === null) {
    at("progress").textContent = "";
  }
  at("charts").ariaBusy = true;
  showFilter();
  showCode();
  showRows();
  try {
    draw(await counts(body(filters).filters, signal));
  } catch (failure) {
    if (signal.aborted) {
      return;
    }
    report(failure);
    drawNothing();
  }
  at("charts").ariaBusy = false;
}

function clearProblem() {
  at("problem").textContent = "";
  if (document.activeElement === at("retry")) {
    at("totals").focus();
  }
  at("retry").hidden = true;
}

function showFilter() {
  charts.forEach((chart, attribute) => chart.choose(filters[attribute] ?? []));
  const parts = Object.entries(filters).map(([name, values]) => `${LABELS[name]}: ${values.map((value) => shownValue(name, value)).join(", ")}`);
  at("filter").textContent = parts.length > 0 ? parts.join(" · ") : "No filter";
  at("clear").disabled = parts.length === 0;
}

/** Returns the URL of the page with the filter. */
function url() {
  return Object.keys(filters).length === 0 ? location.pathname : `#${encodeURIComponent(JSON.stringify(filters))}`;
}

/** Changes the filter. The back button of the browser returns to the previous one. */
function change(changed) {
  filters = changed;
  history.pushState(null, "", url());
  update();
}

function applyUrl() {
  filters = filtersInUrl();
  history.replaceState(null, "", url());
  update();
}

function showCode() {
  at("code").textContent = FORMS[at("language").value](body(filters));
  at("copied").textContent = "";
}

async function copy() {
  at("copied").textContent = "";
  try {
    await navigator.clipboard.writeText(at("code").textContent);
    at("copied").textContent = "Copied";
  } catch {
    at("copied").textContent = "The browser did not allow this. Select the text and copy it.";
  }
}

/** Reads the filter in the fragment of the URL; attributes without a chart are ignored. */
function filtersInUrl() {
  try {
    const given = Object.entries(JSON.parse(decodeURIComponent(location.hash.slice(1))));
    return Object.fromEntries(
      given.filter(([name, values]) => name in LABELS && Array.isArray(values) && values.length > 0 && values.every((value) => typeof value === "string")),
    );
  } catch {
    return {};
  }
}

async function showRows() {
  listing.abort();
  if (!at("rows").open) {
    return;
  }
  listing = new AbortController();
  const { signal } = listing;
  const charted = [...charts.keys()].filter((name) => !charts.get(name).element.hidden);
  const fields = [...new Set(["collection_id", "PatientID", ...charted, "SeriesInstanceUID"])];
  at("found").textContent = "Loading …";
  at("table").replaceChildren();
  try {
    const { json: rows, rowsReturned, totalFound } = await firstRows(body(filters), fields, ROWS, signal);
    at("found").textContent = `${number.format(rowsReturned)} of ${amount(totalFound, "row", "rows")}`;
    at("table").append(
      element("thead", {}, element("tr", {}, ...fields.map((name) => element("th", { scope: "col", textContent: name })))),
      element("tbody", {}, ...rows.map((row) => element("tr", {}, ...fields.map((name) => element("td", { textContent: row[name] ?? "" }))))),
    );
  } catch (failure) {
    if (!signal.aborted) {
      at("found").textContent = "";
      report(failure);
    }
  }
}

function csv(values) {
  return `${values.map((value) => (/[",\r\n]/.test(value ?? "") ? `"${value.replaceAll('"', '""')}"` : (value ?? ""))).join(",")}\r\n`;
}

async function manifest(signal) {
  const parts = [csv(COLUMNS)];
  let rows = 0;
  for await (const { json_manifest: page, rowsReturned, totalFound } of manifestPages(body(filters), COLUMNS, MANIFEST_ROWS, signal)) {
    parts.push(page.map((row) => csv(COLUMNS.map((name) => row[name]))).join(""));
    rows += rowsReturned;
    at("progress").textContent = `${number.format(rows)} of ${amount(totalFound, "row", "rows")}`;
  }
  return new Blob(parts, { type: "text/csv" });
}

function save(blob) {
  const file = URL.createObjectURL(blob);
  element("a", { href: file, download: "manifest.csv" }).click();
  setTimeout(() => URL.revokeObjectURL(file));
}

async function toggleDownload() {
  if (download !== null) {
    download.abort();
    return;
  }
  const button = at("manifest");
  const label = button.textContent;
  download = new AbortController();
  button.textContent = "Cancel download";
  clearProblem();
  try {
    save(await manifest(download.signal));
    at("progress").textContent = `manifest.csv: ${at("progress").textContent}`;
  } catch (failure) {
    at("progress").textContent = "";
    report(failure);
  }
  download = null;
  button.textContent = label;
}

function choose({ target }) {
  const { name, value, checked, type } = target;
  if (name === "") {
    return;
  }
  const isAll = type === "radio" && value === "";
  const others = type === "radio" ? [] : (filters[name] ?? []).filter((other) => other.toLowerCase() !== value.toLowerCase());
  const chosen = checked && !isAll ? [...others, value] : others;
  const { [name]: replaced, ...rest } = filters;
  change(chosen.length > 0 ? { ...rest, [name]: chosen } : rest);
}

function clear() {
  at("totals").focus();
  change({});
}

at("charts").append(...[...charts.values()].map((chart) => chart.element));
at("language").append(...Object.keys(FORMS).map((name) => element("option", { textContent: name })));
// Browsers have a clipboard only for https and for addresses of the same host.
at("copy").hidden = !navigator.clipboard;
at("charts").addEventListener("change", choose);
at("charts").addEventListener("submit", (event) => event.preventDefault());
at("clear").addEventListener("click", clear);
at("retry").addEventListener("click", update);
at("language").addEventListener("change", showCode);
at("copy").addEventListener("click", copy);
at("rows").addEventListener("toggle", showRows);
at("manifest").addEventListener("click", toggleDownload);
addEventListener("hashchange", applyUrl);
applyUrl();
