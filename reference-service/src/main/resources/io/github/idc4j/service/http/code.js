// Shows a filter as requests of version 1 and as programs.

/** The columns of the manifest that the page downloads, which every data set has. */
export const COLUMNS = ["Collection_ID", "Patient_ID", "StudyInstanceUID", "SeriesInstanceUID"];

const BASE_URL = `${location.origin}/v1`;
const URL_PATH = `/cohorts/manifest/preview?${COLUMNS.map((name) => `${name}=True`).join("&")}`;

/** Returns the request body of a preview of a manifest. */
export function body(filters) {
  return { name: "explored", description: "", filters };
}

/** Returns the path of the request for the first page of a manifest. */
export function path(pageSize) {
  return `/v1${URL_PATH}&page_size=${pageSize}`;
}

/** The constants of the Java client for the attributes that have a chart. */
const CONSTANTS = { collection_id: "COLLECTION_ID", Modality: "MODALITY", BodyPartExamined: "BODY_PART_EXAMINED", StudyDate: "STUDY_DATE" };
/** The options of the command, which has none for the other attributes. */
const OPTIONS = { collection_id: "--collection", Modality: "--modality" };

const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;
/** The command separates values with commas, and ignores spaces around them. */
const quoted = (value) => (/[",]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const isPattern = (values) => values.length === 1 && values[0].includes("%");

function curl(filters) {
  return `curl ${shell(`${BASE_URL}${URL_PATH}&page_size=1000`)} \\
  -H 'Content-Type: application/json' \\
  -d ${shell(JSON.stringify(body(filters)))}`;
}

function javaFilter([name, values]) {
  const attribute = `Attributes.${CONSTANTS[name]}`;
  return isPattern(values)
    ? `${attribute}.like(${JSON.stringify(values[0])})`
    : `${attribute}.anyOf(${values.map((value) => JSON.stringify(value)).join(", ")})`;
}

function java(filters) {
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

function python(filters) {
  return `import requests

url = "${BASE_URL}/cohorts/manifest"
params = {${COLUMNS.map((name) => `"${name}": "True"`).join(", ")}}
body = ${JSON.stringify(body(filters), null, 4)}
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
  if (name in OPTIONS) {
    return `${OPTIONS[name]} ${shell(values.join(","))}`;
  }
  const condition = isPattern(values) ? `~ ${values[0]}` : `= ${values.map(quoted).join(",")}`;
  return `--where ${shell(`${name} ${condition}`)}`;
}

function command(filters) {
  const options = [`--base-url ${BASE_URL}`, ...Object.entries(filters).map(commandOption), "-o manifest.csv"];
  return `./idc4j manifest ${options.join(" \\\n  ")}`;
}

/** The forms of a filter, by the name that the page shows. */
export const FORMS = {
  JSON: (filters) => JSON.stringify(body(filters), null, 2),
  "curl (first page)": curl,
  Java: java,
  "Python (requests)": python,
  "idc4j command": command,
};
