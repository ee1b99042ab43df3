/** A small document that keeps all rules; a new one on each call, to be changed at will. */
export const document = () => ({
  openapi: "3.0.3",
  info: { title: "Things", version: "1.0.0" },
  paths: {
    "/things": {
      get: {
        operationId: "listThings",
        summary: "Lists the things",
        description: "All of them at once.",
        responses: { 200: json("The things.", ref("Thing")) },
      },
    },
    "/things/preview": {
      post: {
        operationId: "previewThings",
        summary: "Gives a first page",
        description: "Send the token to `getNextThingPage`.",
        parameters: [
          { $ref: "#/components/parameters/PageSize" },
          { name: "Kind", in: "query", description: "The kind.", example: "CT", schema: { type: "string" } },
        ],
        responses: { 200: json("A page.", ref("Page")), 202: json("Not yet.", ref("Accepted")), ...errors() },
      },
    },
    "/things/nextPage": {
      get: {
        operationId: "getNextThingPage",
        summary: "Gives a further page",
        description: "Call `getNextThingPage` again.",
        parameters: [
          { $ref: "#/components/parameters/NextPage" },
          { $ref: "#/components/parameters/PageSize" },
        ],
        responses: { 200: json("A page.", ref("Page")), 202: json("Not yet.", ref("Accepted")), ...errors() },
      },
    },
  },
  components: {
    parameters: {
      PageSize: {
        name: "page_size",
        in: "query",
        description: "Most rows of a page. Unit: rows.",
        example: 2,
        schema: { type: "integer" },
      },
      NextPage: {
        name: "next_page",
        in: "query",
        required: true,
        description: "The token of a page.",
        example: "ab1",
        schema: { type: "string" },
      },
    },
    schemas: {
      Thing: {
        type: "object",
        description: "A thing.",
        properties: {
          size: { type: "integer", description: "How big it is. Unit: mm.", example: 12 },
          marks: {
            type: "array",
            description: "Where it was marked. Unit: mm from the edge.",
            items: { type: "number" },
            example: [1.5],
          },
        },
      },
      ManifestRow: {
        type: "object",
        description: "A row.",
        properties: { Kind: { type: "string", description: "The kind.", example: "CT" } },
      },
      Rows: {
        type: "object",
        description: "The rows of a page.",
        properties: {
          rows: { type: "array", description: "The rows.", items: ref("ManifestRow") },
          totalFound: { type: "integer", description: "Number of rows of all pages.", example: 7 },
        },
      },
      Page: {
        type: "object",
        description: "A page.",
        properties: { manifest: ref("Rows"), next_page: token({ nullable: true }) },
      },
      Accepted: {
        type: "object",
        description: "A query that still runs.",
        required: ["next_page"],
        properties: { next_page: token({}) },
      },
      ApiError: {
        type: "object",
        description: "An error.",
        properties: { code: { type: "integer", description: "The HTTP status.", example: 400 } },
      },
      Retirement: {
        type: "object",
        description: "The end of the service.",
        properties: { message: { type: "string", description: "A hint.", example: "gone" } },
      },
    },
  },
});

const ref = (name) => ({ $ref: `#/components/schemas/${name}` });

const json = (description, schema) => ({ description, content: { "application/json": { schema } } });

const token = (more) => ({ type: "string", description: "The token of the next page.", example: "ab1", ...more });

const errors = () => ({
  400: json("A bad request.", ref("ApiError")),
  404: { description: "No such path.", content: { "text/html": { schema: { type: "string", description: "A page." } } } },
  410: json("No longer served.", ref("Retirement")),
});
