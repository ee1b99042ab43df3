"""Walks with requests, json() and a loop. Prints the number of rows."""

import sys

import requests

COLUMNS = [
    "Collection_ID", "Patient_ID", "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID",
    "Source_DOI", "CRDC_Study_GUID", "CRDC_Series_GUID", "CRDC_Instance_GUID", "GCS_URL",
]
COHORT = {"name": "all", "description": "", "filters": {}}

base = sys.argv[1]
parameters = {column: "True" for column in COLUMNS} | {"page_size": 5000}
page = requests.post(base + "/cohorts/manifest/preview", params=parameters, json=COHORT).json()
rows = 0
while True:
    for row in page["manifest"]["json_manifest"]:
        if row["GCS_URL"] is not None:
            rows += 1
    token = page.get("next_page")
    if not token:
        break
    page = requests.get(
        base + "/cohorts/manifest/nextPage", params={"next_page": token, "page_size": 5000}
    ).json()
print(rows)
