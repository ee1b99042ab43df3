/** Rules of the operations that answer page by page, which are those that run a query. */

const NEXT_PAGE = "/nextPage";

const jsonSchema = (operation, status) =>
  operation?.responses?.[status]?.content?.["application/json"]?.schema;

const query = (operation, name) =>
  operation?.parameters?.find((parameter) => parameter.in === "query" && parameter.name === name);

const token = (schema) => schema?.properties?.next_page;

const isPaged = (operation) =>
  Boolean(query(operation, "page_size") || query(operation, "next_page") || token(jsonSchema(operation, "200")));

/** The schema of the rows of a page, which are counted. */
const rows = (operation) =>
  Object.values(jsonSchema(operation, "200")?.properties ?? {}).find((schema) => schema.properties?.totalFound);

/** The operation that gives the pages after the first, and its path: the path's own or its family's. */
const partner = ({ documentInventory, path }) => {
  const [, here] = path;
  const paths = documentInventory.resolved.paths;
  const candidates = here.endsWith(NEXT_PAGE)
    ? [here]
    : [here + NEXT_PAGE, here.slice(0, here.lastIndexOf("/")) + NEXT_PAGE];
  const found = candidates.find((candidate) => paths[candidate]?.get);
  return { path: found ?? candidates[0], operation: paths[found]?.get };
};

export const pageSize = (operation) => {
  const type = query(operation, "page_size")?.schema?.type;
  if (isPaged(operation) && type !== "integer") {
    return [{ message: "a paged operation takes the query key page_size, an integer" }];
  }
};

export const pageToken = (operation) => {
  const schema = token(jsonSchema(operation, "200"));
  if (isPaged(operation) && !(schema?.type === "string" && schema.nullable)) {
    return [{ message: "the 200 of a paged operation has next_page at its top level, a text that may be null" }];
  }
};

export const nextPagePartner = (operation, _, context) => {
  if (!isPaged(operation) || query(operation, "next_page")) {
    return;
  }
  const next = partner(context);
  if (!query(next.operation, "next_page")?.required) {
    return [{ message: `a first page needs GET ${next.path}, which requires the query key next_page` }];
  }
  if (JSON.stringify(rows(operation)) !== JSON.stringify(rows(next.operation))) {
    return [{ message: `GET ${next.path} must give rows of the same schema` }];
  }
};

export const nextPageNamed = (operation, _, context) => {
  const id = partner(context).operation?.operationId;
  if (isPaged(operation) && id && !operation.description?.includes(`\`${id}\``)) {
    return [{ message: `the description must tell users of generated clients to call \`${id}\`` }];
  }
};

export const accepted = (operation) => {
  const schema = jsonSchema(operation, "202");
  const holders = [schema, ...Object.values(schema?.properties ?? {})];
  if (isPaged(operation) && !holders.some((holder) => holder?.required?.includes("next_page"))) {
    return [{ message: "an operation that runs a query may answer 202, with a required next_page" }];
  }
};
