// The page of the reference service that explores the data, in a tab.
import { after, before } from "node:test";
import { launch, tab } from "./browser.js";

export const { SERVICE, UNUSUAL_SERVICE } = process.env;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

export async function open(options, fragment = "", service = SERVICE) {
  const page = await tab(browser, options);
  const { origin } = new URL(service);
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !["data:", "blob:"].includes(url.protocol)) {
      page.faults.push(`asked for ${url}`);
    }
  });
  await page.goto(new URL(`/${fragment}`, service).href);
  await counted(page);
  return page;
}

/** Waits until the page has finished counting. */
export async function counted(page) {
  await page.locator("#charts[aria-busy=false]").waitFor();
}

/** Takes failures of the network that a test causes out of the faults. */
export function expectFailures(page) {
  page.faults.splice(0, page.faults.length, ...page.faults.filter((fault) => !fault.includes("Failed to load resource")));
}

export function chart(page, name) {
  return page.getByRole("group", { name, exact: true });
}

export async function totals(page) {
  return page.locator("#totals").innerText();
}

/** Waits until the page shows other totals, and returns them. */
export async function otherTotals(page, before) {
  await page.waitForFunction((text) => document.getElementById("totals").innerText !== text, before);
  return totals(page);
}

export async function setHash(page, filters) {
  await page.evaluate((fragment) => (location.hash = fragment), hash(filters));
}

/** Returns the first number in a text. */
export function first(text) {
  return Number(text.match(/[\d,]+/)[0].replaceAll(",", ""));
}

/** Returns the fragment of the URL for a filter. */
export function hash(filters) {
  return `#${encodeURIComponent(JSON.stringify(filters))}`;
}

export async function shownBody(page) {
  return JSON.parse(await showAs(page, "JSON"));
}

export async function showAs(page, language) {
  await page.getByLabel("Show as").selectOption(language);
  return page.locator("#code").innerText();
}
