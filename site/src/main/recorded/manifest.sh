curl 'http://127.0.0.1:8080/v1/cohorts/manifest/preview?Patient_ID=True&GCS_URL=True&page_size=2' \
  -H 'Content-Type: application/json' \
  -d '{"name": "lung CT", "description": "",
       "filters": {"collection_id": ["tcga_luad"], "Modality": ["CT"]}}' |
  jq .manifest
