// The browser login of the development issuer, as a program uses it: PKCE, and a redirect to a port of the program.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { barriers, done, launch, tab } from "./browser.js";

const { SERVICE } = process.env;
const CLIENT = "idc4j-reference-service";
let browser;
let program;
let received;
before(async () => {
  browser = await launch();
  program = createServer((request, response) => {
    received(new URL(request.url, "http://127.0.0.1").searchParams);
    response.setHeader("Content-Type", "text/html");
    response.end("<!doctype html><link rel=icon href=data:><title>Signed in</title>");
  });
  await new Promise((resolve) => program.listen(0, "127.0.0.1", resolve));
});
after(async () => {
  await browser.close();
  program.close();
});

async function configuration() {
  return (await fetch(new URL("/.well-known/openid-configuration", SERVICE))).json();
}

function origin() {
  return `http://127.0.0.1:${program.address().port}`;
}

function loginUrl(endpoint, verifier) {
  const login = new URL(endpoint);
  login.search = new URLSearchParams({
    response_type: "code",
    client_id: CLIENT,
    redirect_uri: `${origin()}/`,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    scope: "openid email",
    state: "s-1",
  });
  return login.href;
}

test("the login page is accessible", async () => {
  const { authorization_endpoint } = await configuration();
  // The page allows no scripts, and axe is one.
  const page = await tab(browser, { bypassCSP: true });
  await page.goto(loginUrl(authorization_endpoint, "a"));
  assert.deepEqual(await barriers(page), []);
  await done(page);
});

test("a user signs in, and the program gets tokens", async () => {
  const { issuer, authorization_endpoint, token_endpoint } = await configuration();
  assert.equal(issuer, new URL(SERVICE).origin);
  const verifier = randomBytes(32).toString("base64url");
  const page = await tab(browser);
  await page.goto(loginUrl(authorization_endpoint, verifier));
  await page.getByLabel("E-mail address").fill("browser.user@example.org");
  const answer = new Promise((resolve) => (received = resolve));
  await page.getByRole("button", { name: "Sign in" }).click();
  const parameters = await answer;
  await page.waitForURL(`${origin()}/**`);
  assert.equal(await page.title(), "Signed in");
  await done(page);

  assert.equal(parameters.get("state"), "s-1");
  const response = await fetch(token_endpoint, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: CLIENT,
      redirect_uri: `${origin()}/`,
      code: parameters.get("code"),
      code_verifier: verifier,
    }),
  });
  assert.equal(response.status, 200);
  const { id_token } = await response.json();
  const account = await fetch(`${SERVICE}/users/account_details`, {
    headers: { Authorization: `Bearer ${id_token}` },
  });
  assert.equal((await account.json()).user_details.email, "browser.user@example.org");
});

test("a page of another origin gets no token", async () => {
  const { token_endpoint } = await configuration();
  const context = await browser.newContext();
  const page = await context.newPage();
  received = () => {};
  await page.goto(`${origin()}/`);
  const statuses = [];
  page.on("response", (response) => response.url() === token_endpoint && statuses.push(response.status()));
  for (const type of ["application/json", "text/plain"]) {
    const failure = await page.evaluate(
      ([url, type]) =>
        fetch(url, { method: "POST", headers: { "Content-Type": type }, body: '{"email":"a@example.org"}' }).then(
          () => "none",
          (error) => error.name,
        ),
      [token_endpoint, type],
    );
    assert.equal(failure, "TypeError", type);
  }
  await page.evaluate((url) => {
    document.body.innerHTML = `<form method="post" enctype="text/plain" action="${url}"><input name="a"></form>`;
    document.forms[0].submit();
  }, token_endpoint);
  await page.waitForURL(token_endpoint);
  assert.match(await page.textContent("body"), /no web page of another origin/);
  assert.ok(statuses.length > 0 && statuses.every((status) => status === 403), `${statuses}`);
  await context.close();
});
