/** Rules of descriptions and examples. They look at each thing where it is written: no $ref. */

const isText = (value) => typeof value === "string" && value.trim() !== "";

const follow = (node, { documentInventory }) =>
  (node?.$ref ?? "#")
    .split("/")
    .slice(1)
    .reduce((found, key) => found[key], node?.$ref ? documentInventory.unresolved : node);

/** The schema of a parameter, header, property or component, or of its entries if it is an array. */
const single = (node, context) => {
  const schema = follow(node.schema ?? node, context);
  return schema.type === "array" ? follow(schema.items, context) : schema;
};

export const described = (node, { fields }) =>
  node.$ref
    ? []
    : fields
        .filter((field) => !isText(node[field]))
        .map((field) => ({ message: `a ${field} is missing` }));

export const example = (node, _, context) => {
  if (!node.$ref && single(node, context).type !== "object" && node.example === undefined) {
    return [{ message: "an example is missing" }];
  }
};

export const unit = (node, { unitless }, context) => {
  const isNumber = ["integer", "number"].includes(!node.$ref && single(node, context).type);
  const says = [/Unit: \S+( \S+){0,3}\.(\s|$)/, ...unitless.map((words) => new RegExp(words))];
  if (isNumber && !says.some((pattern) => pattern.test(node.description))) {
    return [{ message: 'the description of a number says "Unit: x.", or that it counts or identifies' }];
  }
};
