//! Whose call was it? For entries whose person was not known when the call ended. All CRMs in which
//! the agent is bound are asked: the entry goes to the first in precedence that knows the number,
//! which need not be the one it waited for.

use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, StreamExt as _, stream};
use linecard_number::Reading;
use linecard_rules::journal::NotLogged;
use linecard_store::StoreError;
use tokio::time::Instant;

use super::batch::{Batch, End, Item};
use crate::assign::owner_of_missed;
use crate::connections::{Owner, Unasked};
use crate::create;
use crate::directory::Directory;
use crate::journal::{describe, skip};
use crate::lookups::AFTERWARDS;
use crate::outbox::kinds::At;
use crate::sync;

/// How long a batch asks about people: much less than an attempt may take. Those it does not come
/// to have their turn in the next.
const PATIENCE: Duration = Duration::from_secs(15);
/// How many people are asked about at the same time. Each connection's budget holds it down further.
const ASKED_AT_ONCE: usize = 16;

/// Asks the CRMs about everybody who is not known, and puts them and the words into their
/// entries.
pub(super) async fn find(at: &At<'_>, batch: &mut Batch) -> Result<(), StoreError> {
    let directory = at.shared.directories.newest();
    let since = Instant::now();
    let mut asked = Vec::new();
    for item in batch.open() {
        if item.draft.as_ref().is_some_and(|it| it.entry.who.is_none()) {
            asked.push(ask_in_time(at, item, &directory, since));
        }
    }
    let asked: Vec<_> = stream::iter(asked)
        .buffer_unordered(ASKED_AT_ONCE)
        .collect()
        .await;
    let mut named = Vec::new();
    for (item, answer) in asked {
        match answer {
            Some(Ok(owner)) => {
                if name(at, item, owner, &directory) {
                    named.push(item);
                }
            }
            Some(Err(unasked)) => {
                // What is wrong with another connection is none of this one's.
                item.end = Some(if unasked.connection == at.connection {
                    End::Failed(unasked.failure)
                } else {
                    End::Elsewhere(unasked.failure)
                });
            }
            None => item.end = Some(End::Unreached),
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
        if let (Some(connection), Some(who)) =
            (directory.connection(at.connection), &draft.entry.who)
        {
            sync::called(&mut unit, connection, &directory.plan, who).await?;
        }
    }
    unit.commit().await?;
    at.shared.sync.notify_one();
    Ok(())
}

/// Does not write what the connection only shows (X16), whatever was decided when the call ended,
/// and nothing at all once it was switched off (H1).
pub(super) fn withhold(at: &At<'_>, batch: &mut Batch) {
    let directory = at.shared.directories.newest();
    for item in batch.open() {
        let Some(draft) = &mut item.draft else {
            continue;
        };
        let Some(terms) = directory.terms_of(draft.entry.connection) else {
            item.end = Some(End::Unreached);
            continue;
        };
        if let Some(why) = terms.mode.withholds(&draft.entry.extension) {
            skip(&mut draft.entry, why);
            item.end = Some(End::Skipped);
        }
    }
}

/// Puts the person into the entry; `false` when there is none, or the entry is written elsewhere
/// or not at all.
fn name(at: &At<'_>, item: &mut Item, owner: Option<Owner>, directory: &Directory) -> bool {
    let Some(draft) = &mut item.draft else {
        return false;
    };
    let (entry, call) = (&mut draft.entry, &draft.stored.call);
    let Some(owner) = owner else {
        let is_bound = directory.is_bound(&entry.extension);
        skip(
            entry,
            if is_bound {
                NotLogged::Nobody
            } else {
                NotLogged::NotBound
            },
        );
        item.end = Some(End::Skipped);
        return false;
    };
    entry.connection = owner.connection;
    let connection = directory.connection(owner.connection);
    let user = connection.map_or(owner.user.as_str(), |connection| {
        owner_of_missed(connection, call, &owner.who, &owner.user)
    });
    entry.owner = Some(user.to_owned());
    let kept_out =
        connection.and_then(|it| directory.excluded.keeps_out(call, &draft.part, &it.journal));
    if let Some(why) = kept_out {
        skip(entry, why);
        item.end = Some(End::Skipped);
        return false;
    }
    describe(entry, call, &draft.part, &owner.who, directory);
    if owner.connection == at.connection {
        return true;
    }
    item.end = Some(End::Moved);
    false
}

/// Whose an entry is; `Ok(None)`: nobody's.
type Answer = Result<Option<Owner>, Unasked>;

/// Asks about one of many; `None`: the time for all of them is over.
fn ask_in_time<'a>(
    at: &'a At<'_>,
    item: &'a mut Item,
    directory: &'a Directory,
    since: Instant,
) -> BoxFuture<'a, (&'a mut Item, Option<Answer>)> {
    async move {
        let left = PATIENCE.saturating_sub(since.elapsed());
        if left.is_zero() {
            return (item, None);
        }
        let answer = tokio::time::timeout(left, ask(at, item, directory)).await;
        (item, answer.ok())
    }
    .boxed()
}

/// Asks the CRMs who the outside party is.
async fn ask(at: &At<'_>, item: &Item, directory: &Directory) -> Result<Option<Owner>, Unasked> {
    let Some(draft) = &item.draft else {
        return Ok(None);
    };
    let (entry, call) = (&draft.entry, &draft.stored.call);
    let Reading::Phone(phone) = call.read_outside(&directory.plan) else {
        return Ok(None);
    };
    let connections = &at.shared.connections;
    // A connection on its way out is in use no more, but for what waits.
    if directory.connection(at.connection).is_none() {
        let found = connections.find(at.connection, &phone, AFTERWARDS).await;
        let found = found.map_err(|failure| Unasked {
            connection: at.connection,
            failure,
        })?;
        let user = entry.owner.clone();
        return Ok(found.first().zip(user).map(|(who, user)| Owner {
            connection: at.connection,
            user,
            who: who.clone(),
        }));
    }
    let owner = connections
        .whose(directory, &entry.extension, &phone)
        .await?;
    // A call that ended before its record could be created.
    if owner.is_none() && create::for_ended(at.shared, call).await?.is_some() {
        return connections.whose(directory, &entry.extension, &phone).await;
    }
    Ok(owner)
}
