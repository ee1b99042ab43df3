"""Walks the manifest of a cohort."""

import sys

from openapi_client import ApiClient, Configuration, ManifestApi
from openapi_client.models import BooleanLiteral, CohortRequest, Filters

cohort = CohortRequest(name="", description="", filters=Filters(collection_id=["tcga_read"]))
rows = 0

with ApiClient(Configuration(host=sys.argv[1])) as http:
    api = ManifestApi(http)
    # Only these methods return the status code. The others return the body of a 202 response as
    # if it were a page.
    response = api.preview_manifest_with_http_info(
        cohort, sop_instance_uid=BooleanLiteral.TRUE, page_size=10
    )
    while True:
        if response.status_code == 200:
            rows += len(response.data.manifest.json_manifest)
        token = response.data.next_page
        if not token:
            break
        response = api.get_next_manifest_page_with_http_info(token, page_size=10)

print(f"{rows} rows")
