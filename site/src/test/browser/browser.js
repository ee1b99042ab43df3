// The site in Chromium: pages from disk, and nothing but the reference service of this machine.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const { CHROMIUM, SITE } = process.env;

const SWITCHES = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const LIGHT = { colorScheme: "light" };
export const DARK = { colorScheme: "dark" };

/** Names of all pages. */
export const pages = readdirSync(fileURLToPath(SITE)).filter((file) => file.endsWith(".html"));

/** What a script in assets/ gives to the pages. */
export function data(script) {
  const text = readFileSync(fileURLToPath(`${SITE}assets/${script}`), "utf8");
  return JSON.parse(text.slice(text.indexOf("=") + 1, text.lastIndexOf(";")));
}

export function launch() {
  return chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
}

/**
 * A tab that notes what it must not do: ask other machines, and log errors. Hand it to done() at the end.
 */
export async function tab(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(120_000);
  const faults = [];
  await context.route(
    (url) => !["file:", "data:", "blob:"].includes(url.protocol) && url.hostname !== "127.0.0.1",
    (route) => {
      faults.push(`asked for ${route.request().url()}`);
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && faults.push(`logged ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`threw ${error.stack}`));
  page.faults = faults;
  return page;
}

export async function done(page) {
  await page.context().close();
  assert.deepEqual(page.faults, []);
}

/** Opens a page, and waits until it is drawn. The reference is shown in full. */
export async function open(page, file) {
  await page.goto(SITE + file);
  if (file === "reference.html") {
    await page.evaluate(() => (location.hash = "description/introduction"));
  }
  await drawn(page);
}

export async function drawn(page) {
  await page.waitForFunction(() => {
    const reference = document.getElementById("reference");
    const diagrams = [...document.querySelectorAll("pre.mermaid")];
    return (
      (reference === null || reference.querySelector("h1") !== null) &&
      diagrams.every((diagram) => diagram.dataset.processed && diagram.querySelector("svg") !== null)
    );
  });
}

/** What axe finds in the page, or in the part of it with an id. */
export async function violations(page, id) {
  if (!(await page.evaluate(() => "axe" in window))) {
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core") });
  }
  return page.evaluate(async (id) => {
    const part = id ? document.getElementById(id) : document;
    const { violations } = await axe.run(part, { resultTypes: ["violations"], preload: false });
    return violations.map(({ id, impact, nodes }) => ({ impact, shown: `${id}: ${nodes.map((node) => node.target).join(" | ")}` }));
  }, id);
}

/** What axe finds that keeps people from using the page, or the part of it with an id. */
export async function barriers(page, id) {
  return (await violations(page, id)).filter(({ impact }) => impact === "serious" || impact === "critical").map(({ shown }) => shown);
}
