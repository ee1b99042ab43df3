// "Test Request" of the reference, for each operation that reads.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { barriers, done, launch, open, tab } from "./browser.js";
import { land, operations, place } from "./places.js";

const { SERVICE, TOKEN } = process.env;
/** Milliseconds after which the dialog has taken over what was typed. */
const TAKING_OVER = 2000;
const CHANGING = ["createCohort", "deleteCohort", "deleteCohorts"];
let browser;
let page;
before(async () => {
  browser = await launch();
  page = await tab(browser);
  await page.clock.install();
  await open(page, "reference.html");
});
after(async () => {
  await done(page);
  await browser.close();
});

/** The token that a read operation needs to show a further page: what a user copies from the answer before. */
async function nextPage(path) {
  const [first, body] = {
    "/cohorts/manifest/nextPage": [
      "/cohorts/manifest/preview?GCS_URL=True&page_size=2",
      { name: "all", description: "", filters: {} },
    ],
    "/cohorts/query/nextPage": [
      "/cohorts/query/preview?page_size=2",
      { cohort_def: { name: "all", description: "", filters: {} }, queryFields: { fields: ["PatientID"] } },
    ],
    "/dicomMetadata/nextPage": ["/dicomMetadata?page_size=2"],
  }[path];
  const answer = await fetch(SERVICE + first, {
    method: body ? "POST" : "GET",
    headers: { "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  return (await answer.json()).next_page;
}

function button(operation) {
  return page.getByRole("button", { name: `Test Request (${operation.method} ${operation.path})` });
}

/** Opens "Test Request" of an operation. */
async function request(operation) {
  await land(page, place(operation), operation.summary);
  await button(operation).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("region", { name: `Request: ${operation.summary}` }).waitFor();
  return dialog;
}

afterEach(async () => {
  const close = page.getByRole("button", { name: "Close Client" });
  if (await close.isVisible()) {
    await close.click();
  }
});

test("Test Request talks to the port that its user chooses, with the token that its user has", async () => {
  const dialog = await request(operations.find(({ operationId }) => operationId === "listCohorts"));
  await dialog.getByRole("button", { name: /^Server/ }).click();
  await page.getByLabel("port").last().fill(new URL(SERVICE).port);
  await page.keyboard.press("Escape");
  await dialog.getByRole("button", { name: "Authentication" }).click();
  await dialog.getByPlaceholder("Token").fill(TOKEN);
  assert.deepEqual(await barriers(page), []);
});

for (const operation of operations.filter(({ operationId }) => !CHANGING.includes(operationId))) {
  test(`Test Request sends ${operation.operationId} and shows 200`, async () => {
    const dialog = await request(operation);
    for (const key of ["GCS_URL", "page_size"]) {
      const include = dialog.getByLabel(`Include ${key} in request`);
      if (await include.count()) {
        await include.check({ force: true });
        await page.clock.runFor(TAKING_OVER);
      }
    }
    if (operation.path.endsWith("/nextPage")) {
      const row = dialog.getByRole("row").filter({ has: page.getByLabel("Include next_page in request") });
      await row.getByRole("combobox").last().fill(await nextPage(operation.path));
      await page.clock.runFor(TAKING_OVER);
    }
    await dialog.getByRole("button", { name: /^Send / }).first().click();
    await dialog.getByText(/\b200\b.*OK/).first().waitFor();
  });
}

test("Test Request says how to start a service if none responds, for every method", async () => {
  const other = await tab(browser);
  await open(other, "reference.html");
  const banner = other.getByRole("alert").filter({ hasText: "No service responds" });
  const methods = [...new Set(operations.map(({ method }) => method))];
  assert.deepEqual(methods.sort(), ["delete", "get", "post"]);
  for (const method of methods) {
    const operation = operations.find((candidate) => candidate.method === method);
    await land(other, place(operation), operation.summary);
    await other.getByRole("button", { name: `Test Request (${method} ${operation.path})` }).click();
    const dialog = other.getByRole("dialog");
    await dialog.getByRole("region", { name: `Request: ${operation.summary}` }).waitFor();
    await dialog.getByRole("button", { name: /^Server/ }).click();
    // Nothing listens at the port that TCP reserves for multiplexers.
    await other.getByLabel("port").last().fill("1");
    await other.keyboard.press("Escape");
    await dialog.getByRole("button", { name: /^Send / }).first().click();
    await banner.waitFor({ timeout: 20_000 });
    assert.match(
      await banner.innerText(),
      /^No service responds at http:\/\/127\.0\.0\.1:1\. Start one with \.\/idc4j serve --cors/,
      method,
    );
    await other.getByRole("button", { name: "Close Client" }).click();
    await banner.evaluate((shown) => (shown.hidden = true));
  }
  assert.deepEqual(other.faults.filter((fault) => !/ERR_|Failed to fetch/.test(fault)), []);
  await other.context().close();
});
