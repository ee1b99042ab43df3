// The page of the reference service that shows the operations: a user signs in and sends requests.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { barriers, done, launch, tab } from "./browser.js";

const { SERVICE } = process.env;
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function open(options) {
  const page = await tab(browser, options);
  await page.goto(`${SERVICE}/swagger`);
  await page.getByRole("heading", { name: /Imaging Data Commons REST API/ }).waitFor();
  return page;
}

/** Sends a request without parameters, and returns the response that the page shows. */
async function execute(page, operation) {
  const block = page.locator(".opblock", { hasText: operation }).first();
  await block.getByRole("button", { name: operation }).first().click();
  await block.getByRole("button", { name: "Try it out" }).click();
  await block.getByRole("button", { name: "Execute" }).click();
  const response = block.locator(".live-responses-table");
  return { status: await response.locator(".response-col_status").last().innerText(), body: await response.innerText() };
}

test("the page shows the operations and sends requests", async () => {
  const page = await open();
  assert.equal(await page.locator(".opblock").count(), 18);
  const { status, body } = await execute(page, "/about");
  assert.match(status, /^200/);
  assert.match(body, /idc4j reference service/);
  await done(page);
});

test("a user signs in, and requests have the ID token", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Authorize" }).click();
  const [login] = await Promise.all([
    page.waitForEvent("popup"),
    page.getByRole("button", { name: "Apply given OAuth2 credentials" }).click(),
  ]);
  await login.getByLabel("E-mail address").fill("swagger.user@example.org");
  await Promise.all([login.waitForEvent("close"), login.getByRole("button", { name: "Sign in" }).click()]);
  await page.getByRole("button", { name: "Remove authorization" }).waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  const { status, body } = await execute(page, "/users/account_details");
  assert.match(status, /^200/);
  assert.match(body, /swagger\.user@example\.org/);
  await done(page);
});

test("the page around Swagger UI is accessible", async () => {
  // The page allows no scripts of others, and axe is one.
  const page = await open({ bypassCSP: true });
  await page.evaluate(() => document.getElementById("swagger-ui").replaceChildren());
  assert.deepEqual(await barriers(page), []);
  await done(page);
});
