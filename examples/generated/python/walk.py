"""Walks the manifest of a cohort with the generated Python client."""

import sys

import openapi_client
from openapi_client.models import BooleanLiteral, CohortRequest, Filters

configuration = openapi_client.Configuration(host=sys.argv[1])
cohort = CohortRequest(name="", description="", filters=Filters(collection_id=["tcga_read"]))
rows, total, pages, waits = [], 0, 0, 0

with openapi_client.ApiClient(configuration) as http:
    api = openapi_client.ManifestApi(http)
    # The status is only in the answers of these methods. The other ones return the data of a
    # 202 as if it were a page.
    answer = api.preview_manifest_with_http_info(
        cohort, series_instance_uid=BooleanLiteral.TRUE, page_size=3
    )
    while True:
        if answer.status_code == 202:
            waits += 1
        else:
            pages += 1
            rows += [row.series_instance_uid for row in answer.data.manifest.json_manifest]
            total = answer.data.manifest.total_found
        token = answer.data.next_page
        if not token:
            break
        answer = api.get_next_manifest_page_with_http_info(token, page_size=3)

if not len(rows) == len(set(rows)) == total:
    sys.exit(f"{len(rows)} rows, {len(set(rows))} different ones, of {total}")
if not waits:
    sys.exit("no answer was 202")
print(f"python: {len(rows)} rows in {pages} pages, {waits} answers 202")
