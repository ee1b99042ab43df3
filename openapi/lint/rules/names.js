/** Rules of the names that generated code takes over. */

const camel = (name) =>
  name.replace(/(^|_)([a-z])/g, (_, __, letter) => letter.toUpperCase());

export const operationId = (operation, { verbs }, { path }) => {
  const [, where] = path;
  const pattern = where.endsWith("/nextPage")
    ? /^getNext([A-Z][a-z]+)+Page$/
    : new RegExp(`^(${verbs.join("|")})([A-Z][a-z]+)+$`);
  if (!pattern.test(operation.operationId)) {
    return [{ message: `an operationId here is like ${pattern.source}`, path: [...path, "operationId"] }];
  }
};

export const componentName = (components, _, { path }) =>
  Object.keys(components)
    .filter((name) => !/^([A-Z][a-z0-9]+)+$/.test(name))
    .map((name) => ({ message: `${name} is not in UpperCamelCase`, path: [...path, name] }));

/** Some generators make a type of each component, whatever its kind. */
export const uniqueName = (components, _, { path }) => {
  const kinds = new Map();
  return Object.entries(components).flatMap(([kind, ofKind]) =>
    Object.keys(ofKind).flatMap((name) => {
      const other = kinds.get(name.toLowerCase());
      kinds.set(name.toLowerCase(), other ?? `${kind}/${name}`);
      return other ? [{ message: `${name} has the name of ${other}`, path: [...path, kind, name] }] : [];
    }),
  );
};

/** Generators call an operation's parameters `<operationId>Request`; a schema of that name collides. */
export const requestName = (operation, _, { documentInventory, path }) => {
  const id = operation.operationId ?? "";
  const name = `${id.charAt(0).toUpperCase()}${id.slice(1)}Request`;
  if (documentInventory.unresolved.components.schemas[name]) {
    return [{ message: `the schema ${name} has a name that generators use for ${id}`, path }];
  }
};

/** A parameter that is not shared chooses a column, and is named as the column. */
export const parameterName = (parameter, { columns }, { documentInventory, path }) => {
  if (parameter.$ref) {
    return;
  }
  const [root, , component] = path;
  const { name } = parameter;
  if (root === "components") {
    const names = [camel(name), `${camel(name)}Parameter`];
    if (!/^[a-z]+(_[a-z]+)*$/.test(name) || !names.includes(component)) {
      return [{ message: `${name} is lower_snake_case, and its component ${names.join(" or ")}` }];
    }
  } else if (!documentInventory.unresolved.components.schemas[columns]?.properties[name]) {
    return [{ message: `${name} is neither a shared parameter nor a column of ${columns}` }];
  }
};
