// Requests to the service that the page comes from.
const POLL_MILLIS = 1000;

/** Creates an element of the page. */
export function element(name, properties = {}, ...children) {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children);
  return created;
}

async function json(url, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch (failure) {
    throw failure.name === "AbortError"
      ? failure
      : new Error(`The service at ${location.origin} does not respond. Check that it is running, then try again.`);
  }
  const result = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(result.message ?? `The service responded with ${response.status}. Try again.`);
  }
  return { status: response.status, result };
}

/**
 * Sends a request, and polls while its query is pending.
 *
 * @param next returns the URL of the next request for a page token
 */
async function finished(url, options, next) {
  let { status, result } = await json(url, options);
  while (status === 202) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
    ({ status, result } = await json(next(result.next_page ?? result.query_info?.next_page), { signal: options.signal }));
  }
  return result;
}

/** Returns the counts for filters. */
export function counts(filters, signal) {
  const url = `/explore/counts?${new URLSearchParams({ filters: JSON.stringify(filters) })}`;
  return finished(url, { signal }, () => url);
}

function walk(operation, parameters, body, signal) {
  const next = (token) => `/v1/cohorts/${operation}/nextPage?${new URLSearchParams({ next_page: token, page_size: parameters.page_size })}`;
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal };
  return { first: () => finished(`/v1/cohorts/${operation}/preview?${new URLSearchParams(parameters)}`, options, next), next: (token) => finished(next(token), { signal }, next) };
}

/** Returns the first rows of a cohort, with the given fields. */
export async function firstRows(cohort, fields, rows, signal) {
  const body = { cohort_def: cohort, queryFields: { fields } };
  return (await walk("query", { page_size: rows }, body, signal).first()).query_results;
}

/** Fetches all pages of the manifest of a cohort. */
export async function* manifestPages(cohort, columns, rows, signal) {
  const parameters = { ...Object.fromEntries(columns.map((name) => [name, "True"])), page_size: rows };
  const pages = walk("manifest", parameters, cohort, signal);
  let page = await pages.first();
  yield page.manifest;
  while (page.next_page) {
    page = await pages.next(page.next_page);
    yield page.manifest;
  }
}
