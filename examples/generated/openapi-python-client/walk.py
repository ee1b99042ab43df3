"""Walks the manifest of a cohort."""

import sys

from client import Client
from client.api.manifest import get_next_manifest_page, preview_manifest
from client.models import BooleanLiteral, CohortRequest, Filters, ManifestAccepted

cohort = CohortRequest(name="", description="", filters=Filters(collection_id=["tcga_read"]))
rows = 0

with Client(base_url=sys.argv[1], raise_on_unexpected_status=True) as http:
    page = preview_manifest.sync(
        client=http, body=cohort, sop_instance_uid=BooleanLiteral.TRUE, page_size=10
    )
    while True:
        # The type shows the status code: 200 or 202.
        if not isinstance(page, ManifestAccepted):
            rows += len(page.manifest.json_manifest)
        if not page.next_page:
            break
        page = get_next_manifest_page.sync(client=http, next_page=page.next_page, page_size=10)

print(f"{rows} rows")
