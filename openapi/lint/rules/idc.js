/** The project's own Spectral rules of the document. */
import { errorBody } from "./errors.js";
import { componentName, operationId, parameterName, requestName, uniqueName } from "./names.js";
import { accepted, nextPageNamed, nextPagePartner, pageSize, pageToken } from "./paging.js";
import { described, example, unit } from "./words.js";

const OPERATIONS = "$.paths[*][get,put,post,delete,options,head,patch,trace]";
const PARAMETERS = ["$.components.parameters[*]", "$.paths[*].parameters[*]", `${OPERATIONS}.parameters[*]`];
const PARTS = ["$.components[parameters,headers,requestBodies,responses]", "$.paths"];
const VALUES = [
  ...PARAMETERS,
  ...PARTS.map((part) => `${part}..headers[*]`),
  "$.components.schemas[*]",
  "$.components.schemas..properties[*]",
  ...PARTS.map((part) => `${part}..schema..properties[*]`),
];
/** Bodies whose schema has no name. */
const BODIES = PARTS.map((part) => `${part}..content[*].schema`);

const rule = (description, given, func, functionOptions, resolved = true) => ({
  description,
  message: "{{error}}",
  severity: "error",
  given,
  resolved,
  then: { function: func, functionOptions },
});

export default {
  rules: {
    "idc-page-size": rule("Paged operations take a page size.", OPERATIONS, pageSize),
    "idc-page-token": rule("Pages have the token of the next one.", OPERATIONS, pageToken),
    "idc-next-page-partner": rule("First pages have a partner for the next.", OPERATIONS, nextPagePartner),
    "idc-next-page-named": rule("Paged operations say how to go on.", OPERATIONS, nextPageNamed),
    "idc-accepted": rule("Where a query runs, it may be accepted.", OPERATIONS, accepted),
    "idc-error-body": rule("Errors have the body of errors.", `${OPERATIONS}.responses`, errorBody, {
      schema: "ApiError",
      otherSchemas: { 410: "Retirement" },
      // The framework of the deployed service answered these by itself.
      html: ["404", "405"],
    }),
    "idc-operation-described": rule("Operations are described.", OPERATIONS, described, {
      fields: ["summary", "description"],
    }),
    "idc-described": rule(
      "Parameters, headers, schemas and properties are described.",
      [...VALUES, ...BODIES],
      described,
      { fields: ["description"] },
      false,
    ),
    "idc-example": rule(
      "What is no object has an example; the examples of bodies show objects.",
      VALUES,
      example,
      undefined,
      false,
    ),
    "idc-unit": rule(
      "Numbers say their unit.",
      [...VALUES, ...BODIES],
      unit,
      { unitless: ["^Number of ", "^Identifiers? of ", "HTTP status"] },
      false,
    ),
    "idc-operation-id": rule("Operations are named alike.", OPERATIONS, operationId, {
      verbs: ["get", "list", "create", "delete", "preview", "query"],
    }),
    "idc-component-name": rule(
      "Components are named alike.",
      "$.components[schemas,parameters,responses,examples,links]",
      componentName,
      undefined,
      false,
    ),
    "idc-unique-name": rule(
      "Components of all kinds have different names.",
      "$.components",
      uniqueName,
      undefined,
      false,
    ),
    "idc-request-name": rule(
      "No schema is named as generators name an operation's parameters.",
      OPERATIONS,
      requestName,
    ),
    "idc-parameter-name": rule(
      "Parameters are named alike.",
      PARAMETERS,
      parameterName,
      { columns: "ManifestRow" },
      false,
    ),
  },
};
