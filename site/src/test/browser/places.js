// The operations of the reference, and where they stand in the page.
import assert from "node:assert/strict";
import { data } from "./browser.js";

export const operations = Object.entries(data("spec.js").paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([, operation]) => operation.operationId)
    .map(([method, operation]) => ({ path, method, ...operation })),
);

export const place = ({ tags: [tag], method, path }) => `tag/${tag.toLowerCase()}/${method.toUpperCase()}${path}`;

/**
 * Goes to a place as a link does, and waits until its heading stands below the page's header. While Scalar still draws
 * the place before, which a person would wait for, it takes no new one: then it is gone to again, by way of the top.
 */
export async function land(page, hash, words) {
  // Many attempts, because a busy computer draws slowly.
  for (let attempt = 0; attempt < 20; attempt++) {
    for (const way of attempt === 0 ? [hash] : ["", hash]) {
      await page.evaluate((to) => (location.hash = to), way);
    }
    const landed = await page
      .waitForFunction(isBelowHeader, [`api-1/${hash}`, words], { timeout: 2500 })
      .catch(() => undefined);
    if (landed) {
      return;
    }
  }
  assert.fail(`${hash} does not land on “${words}”`);
}

function isBelowHeader([id, words]) {
  const heading = document.getElementById(id);
  const { left, top } = heading?.getBoundingClientRect() ?? {};
  const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
  const text = heading?.textContent.replaceAll("\u200b", "");
  return (
    top < (atEnd ? innerHeight : innerHeight / 2) &&
    heading.contains(document.elementFromPoint(left + 8, top + 8)) &&
    text.includes(words)
  );
}
