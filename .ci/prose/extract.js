// Copies the prose of the project to a folder: files in which everything else is blank, so that a
// finding has the line of its source.
//   node extract.js FOLDER
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseDocument, visit } from "yaml";

/** Keys of YAML files whose values people read. */
const PROSE_KEYS = new Set(["description", "summary", "text", "sends", "skipped", "look", "unchecked", "what", "why"]);

/** Quotes of other texts, which keep their words. */
const QUOTES = /(^|\/)(statements\.csv|edits\.yaml|examples\/[\w-]+\.yaml)$/;

const blank = (text) => text.replace(/[^\n]/g, " ");

/** Blanks what is not in one of the ranges, and code in the ranges. */
function keep(text, ranges) {
  let kept = "";
  let end = 0;
  for (const [from, to] of ranges) {
    kept += blank(text.slice(end, from)) + text.slice(from, to);
    end = to;
  }
  return (kept + blank(text.slice(end)))
    .replace(/```[\s\S]*?```|`[^`\n]*`|<pre>[\s\S]*?<\/pre>|\{@\w+ [^}]*\}|https?:\S+/g, blank);
}

function matches(text, pattern) {
  return [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]);
}

const READERS = {
  md: (text) => keep(text, [[0, text.length]]),
  html: (text) => keep(text, matches(text, /(?<=>)[^<>{}]+(?=<)/g)),
  // Comments, and literals of several words.
  java: (text) =>
    keep(text, matches(text, /\/\*\*[\s\S]*?\*\/|\/\/[^\n]*|(?<=")[^"\n\\]*(?:\\.[^"\n\\]*)*(?=")/g))
      .replace(/^( *)(\/\*\*|\*\/|\*|\/\/)/gm, (all, indent, sign) => indent + blank(sign)),
  yaml: (text) => {
    const ranges = [];
    visit(parseDocument(text), {
      Pair(_, { key, value }) {
        if (PROSE_KEYS.has(key?.value) && typeof value?.value === "string") {
          ranges.push([value.range[0], value.range[1]]);
        }
      },
    });
    return keep(text, ranges);
  },
};

const folder = process.argv[2];
const files = execFileSync("git", ["ls-files"], { encoding: "utf8" }).trim().split("\n");
for (const file of files.filter((file) => !QUOTES.test(file))) {
  const reader = READERS[file.split(".").pop()];
  if (reader) {
    const copy = join(folder, `${file}.txt`);
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, reader(readFileSync(file, "utf8")));
  }
}
