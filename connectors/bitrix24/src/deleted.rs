//! Which records are gone. A portal tells only applications and public addresses of deletions, so
//! the ids that are held are compared with those that are there.
//!
//! A record that the webhook's user may not read is missing like one that is gone. So when all of
//! many are missing, and none that is there can be read, nothing is said to be gone.

use std::collections::BTreeSet;

use linecard_crm::{AdviceCode, Deletion, Failure, Module, RecordRef};
use linecard_http::Purpose;
use serde_json::json;

use crate::api::Api;
use crate::changed::alive;
use crate::command::MOST;
use crate::family::{Families, Family, ID, List};
use crate::row::Row;

/// Ids in one command: as many as a page shows.
const PAGE: usize = 50;

/// From how many on it is odd that all are gone at once.
const MANY: usize = 10;

/// The ids of `held` that are there no more: 2,500 with one request.
pub(crate) async fn deleted(
    api: &Api,
    families: &Families,
    module: Module,
    held: &[String],
) -> Result<Vec<Deletion>, Failure> {
    let held: Vec<u64> = held.iter().filter_map(|id| id.parse().ok()).collect();
    let pages: Vec<&[u64]> = held.chunks(PAGE).collect();
    let mut there: BTreeSet<u64> = BTreeSet::new();
    for pages in pages.chunks(MOST) {
        let commands = |family: Family| {
            let page = |ids: &&[u64]| {
                let mut conditions = alive(module);
                conditions.push(("@", ID, json!(ids)));
                family.list(&List {
                    ids_only: true,
                    ..List::new(module, conditions)
                })
            };
            pages.iter().map(page).collect()
        };
        let (family, fates) = families.batch(api, Purpose::Sync, commands).await?;
        for fate in fates {
            // A page that failed says nothing of its records: nobody is deleted for it.
            let rows = family.rows(&fate?)?;
            let rows = rows
                .iter()
                .filter_map(|fields| Row::read(module, family, fields));
            there.extend(rows.map(|row| row.id()));
        }
    }
    if there.is_empty() && held.len() >= MANY && !reads_any(api, families, module).await? {
        return Err(Failure::refused(AdviceCode::NotShown));
    }
    Ok(held
        .into_iter()
        .filter(|id| !there.contains(id))
        .map(|id| Deletion {
            at: RecordRef {
                module,
                id: id.to_string(),
            },
            merged_into: None,
        })
        .collect())
}

/// Whether there is any such record that may be read.
async fn reads_any(api: &Api, families: &Families, module: Module) -> Result<bool, Failure> {
    let commands = |family: Family| {
        let list = List {
            ids_only: true,
            ..List::new(module, alive(module))
        };
        vec![family.list(&list)]
    };
    let (family, fates) = families.batch(api, Purpose::Sync, commands).await?;
    for fate in fates {
        if !family.rows(&fate?)?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}
