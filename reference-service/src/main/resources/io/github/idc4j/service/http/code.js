// Shows a cohort as requests of version 1 and as programs.
import { DATE } from "./charts.js";

/** The columns of the manifest that the page downloads, which every data set has. */
export const COLUMNS = ["Collection_ID", "Patient_ID", "StudyInstanceUID", "SeriesInstanceUID"];

const BASE_URL = `${location.origin}/v1`;
const URL_PATH = `/cohorts/manifest/preview?${COLUMNS.map((name) => `${name}=True`).join("&")}`;

/** A single value with % is a pattern, as for a year. Twice the same value is not. */
function literal([name, values]) {
  return [name, name !== DATE && values.length === 1 && values[0].includes("%") ? [...values, ...values] : values];
}

/** Returns the definition of a cohort for the filter of the page. */
export function body(filters) {
  return { name: "explored", description: "", filters: Object.fromEntries(Object.entries(filters).map(literal)) };
}

/** The constants of the Java client for the attributes that have a chart. */
const CONSTANTS = { collection_id: "COLLECTION_ID", Modality: "MODALITY", BodyPartExamined: "BODY_PART_EXAMINED", StudyDate: "STUDY_DATE" };
/** The options of the command for simple values. */
const OPTIONS = { collection_id: "--collection", Modality: "--modality" };

const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;
/** The source of a Java program can be in any charset. */
const javaString = (text) => JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
/** The command separates values with commas, ignores spaces around them, and reads a file after @. */
const quoted = (value) => (/[",]|^$|^@|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const isPattern = (values) => values.length === 1 && values[0].includes("%");

function curl(cohort) {
  return `curl ${shell(`${BASE_URL}${URL_PATH}&page_size=1000`)} \\
  -H 'Content-Type: application/json' \\
  -d ${shell(JSON.stringify(cohort))}`;
}

function javaFilter([name, values]) {
  const attribute = `Attributes.${CONSTANTS[name]}`;
  return isPattern(values)
    ? `${attribute}.like(${javaString(values[0])})`
    : `${attribute}.anyOf(${values.map(javaString).join(", ")})`;
}

function java({ filters }) {
  const terms = ['"explored"', ...Object.entries(filters).map(javaFilter)].join(",\n          ");
  return `import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.filter.Attributes;

class Explored {
  public static void main(String[] args) {
    try (IdcClient client = IdcClient.builder().baseUrl("${BASE_URL}").build()) {
      var cohort = CohortDefinition.of(
          ${terms});
      client
          .previewManifest(cohort, ManifestColumn.SERIES_INSTANCE_UID)
          .forEach(row -> System.out.println(row.seriesInstanceUid()));
    }
  }
}`;
}

function python(cohort) {
  return `import requests

url = "${BASE_URL}/cohorts/manifest"
params = {${COLUMNS.map((name) => `"${name}": "True"`).join(", ")}}
body = ${JSON.stringify(cohort, null, 4)}
response = requests.post(f"{url}/preview", params=params, json=body, timeout=90)
while True:
    response.raise_for_status()
    page = response.json()
    for row in page.get("manifest", {}).get("json_manifest", []):
        print(row["SeriesInstanceUID"])
    if not page["next_page"]:
        break
    next_page = {"next_page": page["next_page"]}
    response = requests.get(f"{url}/nextPage", params=next_page, timeout=90)`;
}

function commandOption([name, values]) {
  if (name in OPTIONS && values.every((value) => /^\w+$/.test(value))) {
    return `${OPTIONS[name]} ${shell(values.join(","))}`;
  }
  const condition = isPattern(values) ? `~ ${values[0]}` : `= ${values.map(quoted).join(",")}`;
  return `--where ${shell(`${name} ${condition}`)}`;
}

function command({ filters }) {
  const options = [`--base-url ${BASE_URL}`, ...Object.entries(filters).map(commandOption), "-o manifest.csv"];
  return `./idc4j manifest ${options.join(" \\\n  ")}`;
}

/** The forms of a cohort, by the name that the page shows. */
export const FORMS = {
  JSON: (cohort) => JSON.stringify(cohort, null, 2),
  "curl (first page)": curl,
  Java: java,
  "Python (requests)": python,
  "idc4j command": command,
};
