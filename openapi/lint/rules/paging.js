/** Rules of the operations that answer page by page, which are those that run a query. */

const NEXT_PAGE = "/nextPage";

const jsonSchema = (operation, status) =>
  operation?.responses?.[status]?.content?.["application/json"]?.schema;

/** An operation, with the parameters of its path. */
const operationAt = ({ documentInventory }, path, method) => {
  const item = documentInventory.resolved.paths[path];
  const operation = item?.[method];
  return operation && { ...operation, parameters: [...(operation.parameters ?? []), ...(item.parameters ?? [])] };
};

const query = (operation, name) =>
  operation?.parameters.find((parameter) => parameter.in === "query" && parameter.name === name);

const token = (schema) => schema?.properties?.next_page;

const isPaged = (operation) =>
  Boolean(
    operation.responses?.["202"] ||
      query(operation, "page_size") ||
      query(operation, "next_page") ||
      token(jsonSchema(operation, "200")),
  );

/** A rule of paged operations: what it says of one, given where that is. */
const ofPaged = (message) => (_, __, context) => {
  const [, path, method] = context.path;
  const operation = operationAt(context, path, method);
  const found = isPaged(operation) && message(operation, context);
  return found ? [{ message: found }] : [];
};

/** The schema of the rows of a page, which are counted. */
const rows = (operation) =>
  Object.values(jsonSchema(operation, "200")?.properties ?? {}).find((schema) => schema.properties?.totalFound);

/** The operation that gives the pages after the first, and its path: the path's own or its family's. */
const partner = (context) => {
  const [, here] = context.path;
  const candidates = here.endsWith(NEXT_PAGE)
    ? [here]
    : [here + NEXT_PAGE, here.slice(0, here.lastIndexOf("/")) + NEXT_PAGE];
  const found = candidates.find((candidate) => operationAt(context, candidate, "get")) ?? candidates[0];
  return { path: found, operation: operationAt(context, found, "get") };
};

export const pageSize = ofPaged(
  (operation) =>
    query(operation, "page_size")?.schema?.type !== "integer" &&
    "a paged operation takes the query key page_size, an integer",
);

export const pageToken = ofPaged((operation) => {
  const schema = token(jsonSchema(operation, "200"));
  return (
    !(schema?.type === "string" && schema.nullable) &&
    "the 200 of a paged operation has next_page at its top level, a text that may be null"
  );
});

export const nextPagePartner = ofPaged((operation, context) => {
  if (query(operation, "next_page")) {
    return;
  }
  const next = partner(context);
  if (!query(next.operation, "next_page")?.required) {
    return `a first page needs GET ${next.path}, which requires the query key next_page`;
  }
  return (
    JSON.stringify(rows(operation)) !== JSON.stringify(rows(next.operation)) &&
    `GET ${next.path} must give rows of the same schema`
  );
});

export const nextPageNamed = ofPaged((operation, context) => {
  const id = partner(context).operation?.operationId;
  return (
    id &&
    !operation.description?.includes(`\`${id}\``) &&
    `the description must tell users of generated clients to call \`${id}\``
  );
});

export const accepted = ofPaged((operation) => {
  const schema = jsonSchema(operation, "202");
  const holders = [schema, ...Object.values(schema?.properties ?? {})];
  return (
    !holders.some((holder) => holder?.required?.includes("next_page")) &&
    "an operation that runs a query may answer 202, with a required next_page"
  );
});
