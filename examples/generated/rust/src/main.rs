//! Walks the manifest of a cohort.
use client::apis::configuration::Configuration;
use client::apis::manifest_api::{get_next_manifest_page, preview_manifest};
use client::models::{BooleanLiteral, CohortRequest};
use std::collections::HashMap;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let configuration = Configuration {
        base_path: std::env::args().nth(1).ok_or("no base URL")?,
        ..Configuration::default()
    };
    let filters = HashMap::from([("collection_id".to_string(), vec!["tcga_read".into()])]);
    let cohort = CohortRequest::new(String::new(), String::new(), filters);
    let selected = Some(BooleanLiteral::True);

    let mut page = preview_manifest(
        &configuration, cohort, None, None, None, None, selected, None, None, None, None, None,
        None, Some(10),
    )
    .await?;
    let mut rows = 0;
    loop {
        // A 202 has a token, but no manifest.
        rows += page.manifest.map_or(0, |manifest| manifest.json_manifest.len());
        match page.next_page.flatten() {
            Some(token) if !token.is_empty() => {
                page = get_next_manifest_page(&configuration, &token, Some(10)).await?;
            }
            _ => break,
        }
    }
    println!("{rows} rows");
    Ok(())
}
