//! Walks the manifest of a cohort.
use std::collections::HashMap;

progenitor::generate_api!(spec = "idc-v1-generators.json", interface = Builder);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let api = Client::new(&std::env::args().nth(1).ok_or("no base URL")?);
    let filters = HashMap::from([("collection_id".to_string(), vec!["tcga_read".into()])]);
    let cohort = types::CohortRequest {
        name: String::new(),
        description: String::new(),
        filters: filters.into(),
    };

    let mut page = api
        .preview_manifest()
        .sop_instance_uid(types::BooleanLiteral::True)
        .page_size(10)
        .body(cohort)
        .send()
        .await?
        .into_inner();
    let mut rows = 0;
    loop {
        // A 202 has a token, but no manifest.
        rows += page.manifest.map_or(0, |manifest| manifest.json_manifest.len());
        match page.next_page.and_then(|token| token.0) {
            Some(token) if !token.is_empty() => {
                let next = api.get_next_manifest_page().next_page(token).page_size(10);
                page = next.send().await?.into_inner();
            }
            _ => break,
        }
    }
    println!("{rows} rows");
    Ok(())
}
