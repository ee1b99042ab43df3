// Every page, narrow to wide, light and dark.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { DARK, LIGHT, done, drawn, launch, open, pages, tab } from "./browser.js";

const AXE = createRequire(import.meta.url).resolve("axe-core");
const WIDTHS = [400, 800, 1280];

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** What axe finds that keeps people from using the page. */
function barriers(page) {
  return page.evaluate(async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"], preload: false });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" | ")}`);
  });
}

for (const file of pages) {
  test(`${file} is for everybody at every width in both themes`, async () => {
    const page = await tab(browser);
    await open(page, file);
    await page.addScriptTag({ path: AXE });
    for (const theme of [LIGHT, DARK]) {
      await page.emulateMedia(theme);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await drawn(page);
        const at = `${theme.colorScheme}, ${width} pixels`;
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${at}: scrolls sideways`);
        assert.deepEqual(await barriers(page), [], at);
      }
    }
    await done(page);
  });
}
