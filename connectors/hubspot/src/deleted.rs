//! Which records are gone.
//!
//! There are two ways to know: ask for the records that one holds, a hundred with a request, or
//! go through the list of what is archived, a hundred a page, which has no order and goes back 90
//! days. The shorter one is taken; how long the list was the last time is remembered. The list
//! does not tell what was merged, so merges are searched for beside it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use linecard_crm::{Deletion, Failure, Module, RecordRef};
use linecard_http::Purpose;
use serde_json::json;

use crate::api::{Api, objects};
use crate::changed::batch;
use crate::kind::Kind;
use crate::known::Known;
use crate::record::{Found, Object};
use crate::refusal::Refusal;
use crate::search;

/// The greatest number of records in a batch, and of one page of the list.
const MOST_AT_ONCE: usize = 100;

/// What is asked for of a record that is there.
const MERGED: [&str; 1] = ["hs_merged_object_ids"];

/// Which of `held` are gone.
pub(crate) async fn deleted(
    api: &Api,
    known: &Known,
    module: Module,
    since: Timestamp,
    held: &[String],
) -> Result<Vec<Deletion>, Failure> {
    let kind = Kind::from(module);
    let batches = held.len().div_ceil(MOST_AT_ONCE);
    if batches <= 2 {
        return by_reading(api, module, held).await;
    }
    let mut pages = known.archived_pages.lock().await;
    let remembered = pages
        .iter()
        .find(|(one, _)| *one == kind)
        .map(|(_, pages)| *pages);
    // One more request is the search for merges.
    if remembered.is_some_and(|pages| pages + 1 >= batches) {
        drop(pages);
        return by_reading(api, module, held).await;
    }
    let (archived, walked) = archived(api, kind, batches.saturating_sub(1)).await?;
    pages.retain(|(one, _)| *one != kind);
    pages.push((kind, walked));
    drop(pages);
    match archived {
        Some(archived) => by_list(api, module, since, held, &archived).await,
        None => by_reading(api, module, held).await,
    }
}

async fn by_reading(api: &Api, module: Module, held: &[String]) -> Result<Vec<Deletion>, Failure> {
    let mut gone = Vec::new();
    for ids in held.chunks(MOST_AT_ONCE) {
        let there = batch(api, module.into(), ids, &MERGED).await?;
        let is_there = |id: &String| there.iter().any(|object| object.id == *id);
        gone.extend(
            ids.iter()
                .filter(|id| !is_there(id))
                .map(|id| deletion(module, id, &there)),
        );
    }
    Ok(gone)
}

/// The ids of what is archived, and how many pages that took; nothing when it takes more than
/// `most`.
async fn archived(
    api: &Api,
    kind: Kind,
    most: usize,
) -> Result<(Option<BTreeSet<String>>, usize), Failure> {
    let mut ids = BTreeSet::new();
    let mut after = "0".to_owned();
    for page in 1..=most {
        let query = [
            ("archived", "true"),
            ("limit", "100"),
            ("properties", "hs_object_id"),
            ("after", after.as_str()),
        ];
        let query = if page == 1 { &query[..3] } else { &query[..] };
        let found: Found = api.get(Purpose::Sync, &objects(kind, ""), query).await?;
        ids.extend(found.results.iter().map(|object| object.id.clone()));
        match found.after() {
            Some(next) => after = next,
            None => return Ok((Some(ids), page)),
        }
    }
    Ok((None, most))
}

async fn by_list(
    api: &Api,
    module: Module,
    since: Timestamp,
    held: &[String],
    archived: &BTreeSet<String>,
) -> Result<Vec<Deletion>, Failure> {
    let merged = merged(api, module.into(), since).await?;
    let is_merged = |id: &String| {
        merged
            .iter()
            .any(|object| object.merged().any(|one| one == id))
    };
    Ok(held
        .iter()
        .filter(|id| archived.contains(*id) || is_merged(id))
        .map(|id| deletion(module, id, &merged))
        .collect())
}

/// The records that others were merged into since then.
async fn merged(api: &Api, kind: Kind, since: Timestamp) -> Result<Vec<Object>, Failure> {
    let filters = [
        json!({"propertyName": "hs_merged_object_ids", "operator": "HAS_PROPERTY"}),
        search::filter(kind.modified(), "GTE", &since.as_millisecond().to_string()),
    ];
    let body = search::body(&[search::all(&filters)], &MERGED, &[], 200);
    match api.search::<Found>(Purpose::Sync, kind, &body).await {
        Ok(found) => Ok(found.results),
        // A type whose records cannot be merged.
        Err(Refusal::Unexplained { .. } | Refusal::Properties { .. }) => Ok(Vec::new()),
        Err(refusal) => Err(refusal.into()),
    }
}

fn deletion(module: Module, id: &str, others: &[Object]) -> Deletion {
    let into = others
        .iter()
        .find(|object| object.merged().any(|one| one == id));
    Deletion {
        at: RecordRef {
            module,
            id: id.to_owned(),
        },
        merged_into: into.map(|object| RecordRef {
            module,
            id: object.id.clone(),
        }),
    }
}
