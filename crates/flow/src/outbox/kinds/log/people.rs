//! Whose call was it? For entries whose person was not known when the call ended.

use std::time::Duration;

use linecard_crm::Failure;
use linecard_number::Reading;
use linecard_rules::journal::NotLogged;
use linecard_store::{EntryState, StoreError};

use super::batch::{Batch, End, Item};
use crate::directory::Directory;
use crate::journal::describe;
use crate::lookups::Records;
use crate::outbox::kinds::At;

/// How long a batch asks about people: much less than an attempt may take. Those it does not come
/// to have their turn in the next.
const PATIENCE: Duration = Duration::from_secs(15);

/// Asks the CRM about everybody who is not known, and puts them and the words into their
/// entries.
pub(super) async fn find(at: &At<'_>, batch: &mut Batch) -> Result<(), StoreError> {
    let directory = at.shared.directories.newest();
    let since = tokio::time::Instant::now();
    let mut named = Vec::new();
    for item in batch.open() {
        let unknown = item.draft.as_ref().is_some_and(|it| it.entry.who.is_none());
        if !unknown {
            continue;
        }
        if since.elapsed() >= PATIENCE {
            item.end = Some(End::Unreached);
            continue;
        }
        match ask(at, item, &directory).await {
            Ok(found) => {
                if name(item, &found, &directory) {
                    named.push(item);
                }
            }
            Err(failure) => item.end = Some(End::Failed(failure)),
        }
    }
    if named.is_empty() {
        return Ok(());
    }
    // What is written into the CRM and what is listed here must be the same, even if the answer
    // is lost and the record changes meanwhile.
    let mut unit = at.shared.store.begin().await?;
    for draft in named.iter().filter_map(|item| item.draft.as_ref()) {
        unit.entries().update(&draft.entry).await?;
    }
    unit.commit().await
}

/// Puts the person into the entry; `false` when there is none.
fn name(item: &mut Item, found: &Records, directory: &Directory) -> bool {
    let Some(draft) = &mut item.draft else {
        return false;
    };
    match found.first() {
        Some(who) => {
            let call = &draft.stored.call;
            describe(&mut draft.entry, call, &draft.part, who, directory);
            true
        }
        None => {
            draft.entry.state = EntryState::Skipped;
            draft.entry.reason = Some(NotLogged::Nobody.code().to_owned());
            item.end = Some(End::Skipped);
            false
        }
    }
}

/// Asks the CRM who the outside party is.
async fn ask(at: &At<'_>, item: &Item, directory: &Directory) -> Result<Records, Failure> {
    let call = item.draft.as_ref().map(|draft| &draft.stored.call);
    let outside = call.and_then(|call| call.outside()).unwrap_or_default();
    let Reading::Phone(phone) = directory.plan.read(outside) else {
        return Ok(Records::from([]));
    };
    at.shared.connections.find(at.connection, &phone).await
}
