import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import spectralCore from "@stoplight/spectral-core";
import parsers from "@stoplight/spectral-parsers";
import ruleset from "../rules/idc.js";
import { document } from "./document.js";

const { Document, Spectral } = spectralCore;

const PREVIEW = "paths./things/preview.post";
const NEXT_PAGE = "paths./things/nextPage.get";
const THINGS = "paths./things.get.responses.200.content.application/json";
const things = (d) => d.paths["/things"].get.responses[200].content["application/json"];
const preview = (d) => d.paths["/things/preview"].post;
const nextPage = (d) => d.paths["/things/nextPage"].get;

/** What breaks a rule: the rule, words for it, what is done to the document, places reported. */
const breaches = [
  ["idc-page-size", "no page size", (d) => preview(d).parameters.shift(), PREVIEW],
  [
    "idc-page-size",
    "a page size in words",
    (d) => (d.components.parameters.PageSize.schema.type = "string"),
    PREVIEW,
    NEXT_PAGE,
  ],
  [
    "idc-page-token",
    "pages without a token",
    (d) => delete d.components.schemas.Page.properties.next_page,
    PREVIEW,
    NEXT_PAGE,
  ],
  [
    "idc-page-token",
    "a token that is never null",
    (d) => delete d.components.schemas.Page.properties.next_page.nullable,
    PREVIEW,
    NEXT_PAGE,
  ],
  ["idc-next-page-partner", "no way to a further page", (d) => delete d.paths["/things/nextPage"], PREVIEW],
  [
    "idc-next-page-partner",
    "a token that may be left out",
    (d) => delete d.components.parameters.NextPage.required,
    PREVIEW,
  ],
  [
    "idc-next-page-partner",
    "further pages of other rows",
    (d) => {
      const page = structuredClone(d.components.schemas.Page);
      page.properties.manifest = structuredClone(d.components.schemas.Rows);
      page.properties.manifest.properties.rows.items = { type: "object" };
      d.components.schemas.OtherPage = page;
      nextPage(d).responses[200].content["application/json"].schema.$ref = "#/components/schemas/OtherPage";
    },
    PREVIEW,
  ],
  ["idc-next-page-named", "no word of how to go on", (d) => (preview(d).description = "A page."), PREVIEW],
  ["idc-accepted", "a query that is never accepted", (d) => delete preview(d).responses[202], PREVIEW],
  [
    "idc-accepted",
    "a 202 that may have no token",
    (d) => delete d.components.schemas.Accepted.required,
    PREVIEW,
    NEXT_PAGE,
  ],
  [
    "idc-error-body",
    "an error of another schema",
    (d) => (preview(d).responses[400].content["application/json"].schema.$ref = "#/components/schemas/Thing"),
    `${PREVIEW}.responses.400`,
  ],
  [
    "idc-error-body",
    "an error without a body",
    (d) => delete preview(d).responses[410].content,
    `${PREVIEW}.responses.410`,
  ],
  [
    "idc-error-body",
    "HTML where the API answers",
    (d) => (preview(d).responses[400].content = structuredClone(preview(d).responses[404].content)),
    `${PREVIEW}.responses.400`,
  ],
  [
    "idc-error-body",
    "all other errors of another schema",
    (d) => (preview(d).responses.default = { ...preview(d).responses[200], description: "An error." }),
    `${PREVIEW}.responses.default`,
  ],
  ["idc-operation-described", "no description", (d) => delete d.paths["/things"].get.description, "paths./things.get"],
  ["idc-operation-described", "a blank summary", (d) => (nextPage(d).summary = " "), NEXT_PAGE],
  [
    "idc-described",
    "a parameter without description",
    (d) => delete preview(d).parameters[1].description,
    `${PREVIEW}.parameters.1`,
  ],
  [
    "idc-described",
    "a property without description",
    (d) => delete d.components.schemas.Retirement.properties.message.description,
    "components.schemas.Retirement.properties.message",
  ],
  [
    "idc-described",
    "a schema without description",
    (d) => delete d.components.schemas.Rows.description,
    "components.schemas.Rows",
  ],
  [
    "idc-described",
    "a parameter of a path without description",
    (d) =>
      (d.paths["/things"].parameters = [{ name: "Kind", in: "query", example: "CT", schema: { type: "string" } }]),
    "paths./things.parameters.0",
  ],
  [
    "idc-described",
    "a body without name or description",
    (d) => delete preview(d).responses[404].content["text/html"].schema.description,
    `${PREVIEW}.responses.404.content.text/html.schema`,
  ],
  [
    "idc-example",
    "a property, without example, of a body without name",
    (d) =>
      (things(d).schema = {
        type: "object",
        description: "A thing.",
        properties: { name: { type: "string", description: "A name." } },
      }),
    `${THINGS}.schema.properties.name`,
  ],
  [
    "idc-unit",
    "a number without unit as the body",
    (d) => (things(d).schema = { type: "number", description: "How big they are." }),
    `${THINGS}.schema`,
  ],
  [
    "idc-example",
    "a parameter without example",
    (d) => delete preview(d).parameters[1].example,
    `${PREVIEW}.parameters.1`,
  ],
  [
    "idc-example",
    "a property without example",
    (d) => delete d.components.schemas.Thing.properties.marks.example,
    "components.schemas.Thing.properties.marks",
  ],
  [
    "idc-unit",
    "a number without unit",
    (d) => (d.components.schemas.Thing.properties.size.description = "How big it is."),
    "components.schemas.Thing.properties.size",
  ],
  [
    "idc-unit",
    "numbers without unit",
    (d) => (d.components.schemas.Thing.properties.marks.description = "Where it was marked."),
    "components.schemas.Thing.properties.marks",
  ],
  [
    "idc-operation-id",
    "a verb that no other has",
    (d) => (preview(d).operationId = "showThings"),
    `${PREVIEW}.operationId`,
  ],
  [
    "idc-operation-id",
    "a further page named like a first",
    (d) => {
      nextPage(d).operationId = "getThingPage";
      nextPage(d).description = preview(d).description = "Go on with `getThingPage`.";
    },
    `${NEXT_PAGE}.operationId`,
  ],
  [
    "idc-component-name",
    "a schema in snake case",
    (d) => (d.components.schemas.other_thing = d.components.schemas.Thing),
    "components.schemas.other_thing",
  ],
  [
    "idc-unique-name",
    "a parameter and a schema of one name",
    (d) => (d.components.schemas.PageSize = d.components.schemas.Thing),
    "components.schemas.PageSize",
  ],
  [
    "idc-unique-name",
    "names that differ only in case",
    (d) => (d.components.schemas.Nextpage = d.components.schemas.Thing),
    "components.schemas.Nextpage",
  ],
  [
    "idc-request-name",
    "a schema with the name of an operation's parameters",
    (d) => (d.components.schemas.PreviewThingsRequest = d.components.schemas.Thing),
    PREVIEW,
  ],
  [
    "idc-parameter-name",
    "a shared parameter of another name than its component",
    (d) => (d.components.parameters.PageLength = d.components.parameters.PageSize),
    "components.parameters.PageLength",
  ],
  [
    "idc-parameter-name",
    "a parameter that is no column",
    (d) => (preview(d).parameters[1].name = "Sort"),
    `${PREVIEW}.parameters.1`,
  ],
];

const findings = async (content) => {
  const spectral = new Spectral();
  spectral.setRuleset(ruleset);
  const found = await spectral.run(new Document(JSON.stringify(content), parsers.Json));
  return found.map(({ code, path }) => `${code} at ${path.join(".")}`).sort();
};

test("a document that keeps all rules has no findings", async () => {
  assert.deepEqual(await findings(document()), []);
});

test("what may answer 202 is paged", async () => {
  const broken = document();
  broken.paths["/things"].get.responses[202] = preview(broken).responses[202];
  const rules = ["idc-next-page-named", "idc-next-page-partner", "idc-page-size", "idc-page-token"];
  assert.deepEqual(await findings(broken), rules.map((rule) => `${rule} at paths./things.get`));
});

test("the parameters of a path are those of its operations", async () => {
  const same = document();
  const item = same.paths["/things/nextPage"];
  item.parameters = item.get.parameters;
  delete item.get.parameters;
  assert.deepEqual(await findings(same), []);
});

test("the project's document is held to these rules", () => {
  const copy = mkdtempSync(join(tmpdir(), "idc4j-lint-"));
  try {
    const here = join(import.meta.dirname, "..");
    const documents = "target/classes/io/github/idc4j/openapi";
    cpSync(here, join(copy, "lint"), { recursive: true, filter: (file) => !file.endsWith("node_modules") });
    symlinkSync(join(here, "node_modules"), join(copy, "lint/node_modules"), "junction");
    mkdirSync(join(copy, documents), { recursive: true });
    const text = readFileSync(join(here, "..", documents, "idc-v1.yaml"), "utf8");
    const broken = text.replace('operationId: "getAbout"', 'operationId: "showAbout"');
    assert.notEqual(broken, text);
    writeFileSync(join(copy, documents, "idc-v1.yaml"), broken);
    const lint = spawnSync("npm run --silent lint", { cwd: join(copy, "lint"), encoding: "utf8", shell: true });
    assert.equal(lint.status, 1, lint.stderr);
    assert.match(lint.stdout, /idc-operation-id/);
  } finally {
    rmSync(copy, { recursive: true });
  }
});

test("each rule has a breach", () => {
  const broken = new Set(breaches.map(([rule]) => rule));
  assert.deepEqual([...broken].sort(), Object.keys(ruleset.rules).sort());
});

for (const [rule, words, change, ...places] of breaches) {
  test(`${rule}: ${words}`, async () => {
    const broken = document();
    change(broken);
    assert.deepEqual(await findings(broken), places.map((place) => `${rule} at ${place}`).sort());
  });
}
