// Runs the samples named, in this process: node run.mjs NAME...
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

for (const name of process.argv.slice(2)) {
  process.env.NEXT_PAGE = process.env[`NEXT_PAGE_${name}`] ?? "";
  console.log("==", name);
  await import(pathToFileURL(resolve(`${name}.mjs`)));
}
