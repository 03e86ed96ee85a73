//! Which records are gone.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use linecard_crm::{Deletion, Failure, Module, RecordRef};
use linecard_http::Purpose;
use serde_json::{Map, Value};

use crate::api::Api;
use crate::ask::Ask;
use crate::listing::{Listing, PAGE};
use crate::modules;
use crate::row::Row;

/// How far our clock and Zoho's may differ.
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// Those of `held` that were deleted since `since`, and leads that were converted: they live on
/// as contacts.
pub(crate) async fn deleted(
    api: &Api,
    module: Module,
    since: Timestamp,
    held: &[String],
) -> Result<Vec<Deletion>, Failure> {
    let since = since.saturating_sub(SKEW).unwrap_or(since);
    let name = modules::name(module);
    let bin = || Ask::get(Purpose::Sync, format!("{name}/deleted")).with("type", "all");
    let mut gone = ids(api, bin, since).await?;
    if module == Module::Lead {
        let converted = || {
            Ask::get(Purpose::Sync, name)
                .with("fields", "id")
                .with("converted", "true")
        };
        gone.extend(ids(api, converted, since).await?);
    }
    Ok(held
        .iter()
        .filter(|id| gone.contains(*id))
        .map(|id| Deletion {
            at: RecordRef {
                module,
                id: id.clone(),
            },
            merged_into: None,
        })
        .collect())
}

/// The ids of every page. What happened before `since` does no harm: only what is held counts.
async fn ids(
    api: &Api,
    ask: impl Fn() -> Ask,
    since: Timestamp,
) -> Result<BTreeSet<String>, Failure> {
    let mut ids = BTreeSet::new();
    let mut token: Option<String> = None;
    let mut number = 1_usize;
    loop {
        let ask = ask().with("per_page", PAGE.to_string()).since(Some(since));
        let ask = match &token {
            Some(token) => ask.with("page_token", token.clone()),
            None => ask.with("page", number.to_string()),
        };
        let Some(page) = api.read::<Listing>(&ask).await? else {
            return Ok(ids);
        };
        let id = |row: &Map<String, Value>| Row(row).id().map(str::to_owned);
        ids.extend(page.data.iter().filter_map(id));
        if !page.info.more_records || page.data.is_empty() {
            return Ok(ids);
        }
        token = page.info.next_page_token;
        number += 1;
    }
}
