"""Walks the manifest of a cohort with the generated Python client."""

import sys

import openapi_client
from openapi_client.models import BooleanLiteral, CohortRequest, Filters

configuration = openapi_client.Configuration(host=sys.argv[1])
cohort = CohortRequest(name="", description="", filters=Filters(collection_id=["tcga_read"]))
rows, total, pages, polls = [], 0, 0, 0

with openapi_client.ApiClient(configuration) as http:
    api = openapi_client.ManifestApi(http)
    # Only these methods return the status code. The others return the body of a 202 response as
    # if it were a page.
    response = api.preview_manifest_with_http_info(
        cohort, series_instance_uid=BooleanLiteral.TRUE, page_size=3
    )
    while True:
        if response.status_code == 202:
            polls += 1
        else:
            pages += 1
            rows += [row.series_instance_uid for row in response.data.manifest.json_manifest]
            total = response.data.manifest.total_found
        token = response.data.next_page
        if not token:
            break
        response = api.get_next_manifest_page_with_http_info(token, page_size=3)

if not len(rows) == len(set(rows)) == total:
    sys.exit(f"{len(rows)} rows, {len(set(rows))} distinct, {total} expected")
if not polls:
    sys.exit("no response had status code 202")
print(f"python: {len(rows)} rows in {pages} pages, {polls} polls")
