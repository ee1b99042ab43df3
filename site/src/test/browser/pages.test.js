// Every page, narrow to wide, light and dark.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DARK, LIGHT, barriers, done, drawn, launch, open, pages, tab } from "./browser.js";

const WIDTHS = [400, 800, 1280];

/** Widths at which axe runs: colors depend on the theme, and layout on the width, but not on both. */
const AXE = { light: 400, dark: 1280 };

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const file of pages) {
  test(`${file} is accessible, and does not scroll sideways, at every width in both themes`, async () => {
    const page = await tab(browser);
    await open(page, file);
    for (const theme of [LIGHT, DARK]) {
      await page.emulateMedia(theme);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await drawn(page);
        const at = `${theme.colorScheme}, ${width} pixels`;
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${at}: scrolls sideways`);
        if (AXE[theme.colorScheme] === width) {
          assert.deepEqual(await barriers(page), [], at);
        }
      }
    }
    await done(page);
  });
}

test("a word that is longer than a line, such as a digest, is broken", async () => {
  const page = await tab(browser);
  await open(page, "changelog.html");
  await page.setViewportSize({ width: WIDTHS[0], height: 900 });
  const wide = await page.evaluate(() => {
    const word = "0123456789abcdef".repeat(4);
    document.getElementById("main").insertAdjacentHTML("beforeend", `<p>${word}</p><ul><li>${word}</li></ul>`);
    return document.documentElement.scrollWidth > innerWidth;
  });
  assert.equal(wide, false);
  await done(page);
});

test("diagrams fit a screen that is 400 pixels wide, with text of at least 12 pixels", async () => {
  const page = await tab(browser, { viewport: { width: 400, height: 900 } });
  for (const file of ["paging.html", "accepted.html", "filters.html", "credentials.html"]) {
    await open(page, file);
    const { wide, smallest } = await page.locator("pre.mermaid").evaluate((diagram) => ({
      wide: diagram.scrollWidth > diagram.clientWidth,
      smallest: Math.min(...[...diagram.querySelectorAll("text")].map((text) => parseFloat(getComputedStyle(text).fontSize))),
    }));
    assert.equal(wide, false, file);
    assert.ok(smallest >= 12, `${file}: ${smallest} pixels`);
  }
  await done(page);
});
