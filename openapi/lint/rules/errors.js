/** Errors are of one schema; where the contract says so, of another or in HTML. */
export const errorBody = (responses, { schema, otherSchemas, html }, { documentInventory, path }) =>
  Object.entries(responses)
    .filter(([status]) => /^([45]|default$)/.test(status))
    .flatMap(([status, response]) => {
      const name = otherSchemas[status] ?? schema;
      const type = html.includes(status) ? "text/html" : "application/json";
      const content = response.content ?? {};
      const expected = documentInventory.resolved.components.schemas[name];
      const isBody =
        Object.keys(content).join() === type &&
        (type === "text/html" || JSON.stringify(content[type].schema) === JSON.stringify(expected));
      const body = type === "text/html" ? "text/html" : `${type} of the schema ${name}`;
      return isBody ? [] : [{ message: `the body of a ${status} is ${body}`, path: [...path, status] }];
    });
