// Charts that filter each other. The state of the page is the filter, which is also in the URL.
import { COLUMNS, FORMS, body, path } from "./code.js";

const LABELS = { collection_id: "Collection", Modality: "Modality", BodyPartExamined: "Body part", StudyDate: "Year of the study" };
const DATE = "StudyDate";
/** The value in a filter that stands for a missing value. */
const NULL = "None";
const ROWS = 10;
const MANIFEST_ROWS = 10_000;
const POLL_MILLIS = 1000;

const at = (id) => document.getElementById(id);
const number = new Intl.NumberFormat("en");
let filters = {};
/** The input, bar and count of each value, by the name of the attribute and the value in the filter. */
const bars = new Map();
let counting = new AbortController();
let listing = new AbortController();
let download = null;

function element(name, properties = {}, ...children) {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children);
  return created;
}

async function json(url, options) {
  const response = await fetch(url, options);
  const result = await response.json();
  if (!response.ok) {
    throw new Error(result.message ?? `The service responded with ${response.status}.`);
  }
  return { status: response.status, result };
}

/**
 * Polls while the query is pending, and returns its result.
 *
 * @param next returns the URL of the next request for a page token
 */
async function finished(response, next, signal) {
  let found = response;
  while (found.status === 202) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
    found = await json(next(found.result.next_page ?? found.result.query_info?.next_page), { signal });
  }
  return found.result;
}

function post(url, content, signal) {
  return json(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content), signal });
}

function report(failure) {
  if (failure.name !== "AbortError") {
    at("problem").textContent = failure.message;
  }
}

/** Returns the value in a filter that selects a counted value. */
function filterValue(attribute, value) {
  if (value === null) {
    return NULL;
  }
  return attribute === DATE ? `${value}%` : value;
}

function isChosen(attribute, value) {
  return (filters[attribute] ?? []).some((chosen) => chosen.toLowerCase() === value.toLowerCase());
}

function bar(attribute, value, label) {
  const input = element("input", { type: attribute === DATE ? "radio" : "checkbox", name: attribute, value });
  const count = element("span", { className: "count" });
  // A long value can break after an underscore.
  const text = label.split(/(?<=_)/).flatMap((part) => [part, element("wbr")]);
  const shown = element("label", { className: "bar" }, input, element("span", { className: "value" }, ...text), count);
  return { input, count, shown };
}

/** Adds a chart with all values of the data, whose order stays the same. */
function addChart(attribute, values) {
  const sorted = attribute === DATE ? values.toSorted((a, b) => (b.value ?? "").localeCompare(a.value ?? "")) : values;
  const known = new Map(sorted.map(({ value }) => {
    const filter = filterValue(attribute, value);
    return [filter, bar(attribute, filter, value ?? "(no value)")];
  }));
  bars.set(attribute, known);
  const all = attribute === DATE ? [bar(attribute, "", "All years")] : [];
  all.forEach(({ input }) => (input.checked = true));
  const list = element("div", { className: "bars" }, ...[...all, ...known.values()].map(({ shown }) => shown));
  at("charts").append(element("fieldset", { id: `chart-${attribute}` }, element("legend", { textContent: LABELS[attribute] }), list));
}

function draw({ totals, counts, release }) {
  at("release").textContent = release;
  at("totals").textContent =
    `${number.format(totals.series)} series of ${number.format(totals.patients)} patients, ${number.format(totals.instances)} instances`;
  for (const [attribute, known] of bars) {
    const series = new Map((counts[attribute] ?? []).map((count) => [filterValue(attribute, count.value), count.series]));
    const most = Math.max(1, ...series.values());
    for (const [value, { input, count, shown }] of known) {
      const found = series.get(value) ?? 0;
      count.textContent = number.format(found);
      shown.style.setProperty("--share", found / most);
      shown.hidden = found === 0 && !input.checked;
    }
  }
  at("manifest").disabled = totals.series === 0 && download === null;
}

async function counts(chosen, signal) {
  const url = `/explore/counts?${new URLSearchParams({ filters: JSON.stringify(chosen) })}`;
  return finished(await json(url, { signal }), () => url, signal);
}

async function update() {
  counting.abort();
  counting = new AbortController();
  at("problem").textContent = "";
  showFilter();
  showCode();
  showRows();
  try {
    draw(await counts(filters, counting.signal));
  } catch (failure) {
    report(failure);
  }
}

function showFilter() {
  for (const [attribute, known] of bars) {
    known.forEach(({ input }, value) => (input.checked = isChosen(attribute, value)));
  }
  document.querySelectorAll(`input[name="${DATE}"][value=""]`).forEach((all) => (all.checked = !(DATE in filters)));
  const isEmpty = Object.keys(filters).length === 0;
  at("clear").disabled = isEmpty;
  history.replaceState(null, "", isEmpty ? location.pathname : `#${encodeURIComponent(JSON.stringify(filters))}`);
}

function applyUrl() {
  filters = filtersInUrl();
  update();
}

function showCode() {
  at("code").textContent = FORMS[at("language").value](filters);
}

/** Reads the filter in the fragment of the URL; attributes without a chart are ignored. */
function filtersInUrl() {
  try {
    const given = Object.entries(JSON.parse(decodeURIComponent(location.hash.slice(1))));
    return Object.fromEntries(given.filter(([name, values]) => bars.has(name) && Array.isArray(values) && values.every((value) => typeof value === "string")));
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
  const fields = ["collection_id", "PatientID", ...bars.keys(), "SeriesInstanceUID"].filter((name, i, all) => all.indexOf(name) === i);
  at("found").textContent = "Loading …";
  at("table").replaceChildren();
  try {
    const first = await post(
      `/v1/cohorts/query/preview?page_size=${ROWS}`,
      { cohort_def: body(filters), queryFields: { fields } },
      signal,
    );
    const next = (token) => `/v1/cohorts/query/nextPage?${new URLSearchParams({ next_page: token, page_size: ROWS })}`;
    const { json: rows, rowsReturned, totalFound } = (await finished(first, next, signal)).query_results;
    at("found").textContent = `${number.format(rowsReturned)} of ${number.format(totalFound)} rows`;
    at("table").append(
      element("thead", {}, element("tr", {}, ...fields.map((name) => element("th", { scope: "col", textContent: name })))),
      element("tbody", {}, ...rows.map((row) => element("tr", {}, ...fields.map((name) => element("td", { textContent: row[name] ?? "" }))))),
    );
  } catch (failure) {
    at("found").textContent = "";
    report(failure);
  }
}

function csv(values) {
  return `${values.map((value) => (/[",\r\n]/.test(value ?? "") ? `"${value.replaceAll('"', '""')}"` : (value ?? ""))).join(",")}\r\n`;
}

async function manifest(signal) {
  const parts = [csv(COLUMNS)];
  const next = (token) => `/v1/cohorts/manifest/nextPage?${new URLSearchParams({ next_page: token, page_size: MANIFEST_ROWS })}`;
  let response = await post(path(MANIFEST_ROWS), body(filters), signal);
  for (let rows = 0; ; ) {
    const { manifest: part, next_page: token } = await finished(response, next, signal);
    parts.push(part.json_manifest.map((row) => csv(COLUMNS.map((name) => row[name]))).join(""));
    rows += part.rowsReturned;
    at("progress").textContent = `${number.format(rows)} of ${number.format(part.totalFound)} rows`;
    if (!token) {
      return new Blob(parts, { type: "text/csv" });
    }
    response = await json(next(token), { signal });
  }
}

function save(blob) {
  const url = URL.createObjectURL(blob);
  element("a", { href: url, download: "manifest.csv" }).click();
  setTimeout(() => URL.revokeObjectURL(url));
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
  at("problem").textContent = "";
  try {
    save(await manifest(download.signal));
  } catch (failure) {
    at("progress").textContent = "";
    report(failure);
  }
  download = null;
  button.textContent = label;
}

function choose({ target }) {
  const { name, value, checked, type } = target;
  const others = type === "radio" ? [] : (filters[name] ?? []).filter((other) => other.toLowerCase() !== value.toLowerCase());
  const chosen = checked && value !== "" ? [...others, value] : others;
  const { [name]: replaced, ...rest } = filters;
  filters = chosen.length > 0 ? { ...rest, [name]: chosen } : rest;
  update();
}

async function start() {
  at("language").append(...Object.keys(FORMS).map((name) => element("option", { textContent: name })));
  at("copy").hidden = !navigator.clipboard;
  showCode();
  try {
    const result = await counts({}, counting.signal);
    Object.keys(LABELS).filter((name) => name in result.counts).forEach((name) => addChart(name, result.counts[name]));
    draw(result);
  } catch (failure) {
    at("totals").textContent = "";
    report(failure);
    return;
  }
  at("charts").addEventListener("change", choose);
  at("charts").addEventListener("submit", (event) => event.preventDefault());
  at("clear").addEventListener("click", () => {
    filters = {};
    at("totals").focus();
    update();
  });
  at("language").addEventListener("change", showCode);
  at("copy").addEventListener("click", () => navigator.clipboard.writeText(at("code").textContent).catch(report));
  at("rows").addEventListener("toggle", showRows);
  at("manifest").addEventListener("click", toggleDownload);
  addEventListener("hashchange", applyUrl);
  if (location.hash !== "") {
    applyUrl();
  }
}

start();
