//! Follows what was changed in the CRM (F10, F19).

use std::collections::HashSet;

use jiff::Timestamp;
use linecard_crm::{Cursor, Person};
use linecard_rules::sync::{Scope, Way, way};
use linecard_store::ModuleProgress;

use super::apply::apply;
use super::deletions;
use super::round::{Halt, Round};

/// How many held records are read with one call.
const AT_ONCE: usize = 200;
/// How many records are kept in one transaction.
const PIECE: usize = 200;

/// Brings the phonebook up to date with what changed in one module. A first reading of all records
/// is the same: it goes on where it was stopped.
pub(super) async fn follow(round: &Round<'_>, progress: &mut ModuleProgress) -> Result<(), Halt> {
    let now = round.shared.clock.now();
    if round.scope == Scope::All {
        return changes(round, progress, now).await;
    }
    let from_now = round.crm.cursor_at(progress.module, now);
    let mut unit = round.shared.store.read().await?;
    let held = unit
        .contacts()
        .count_held(round.phonebook, progress.module)
        .await?;
    drop(unit);
    let followed = progress.cursor.as_ref().map(|_| progress.requests);
    match way(held, followed) {
        Way::Changed => changes(round, progress, now).await,
        Way::Nothing => caught_up(round, progress, from_now, now).await,
        Way::Read => {
            read_held(round, progress).await?;
            caught_up(round, progress, from_now, now).await
        }
    }
}

/// Reads page after page of changes, each kept together with how far it went.
async fn changes(
    round: &Round<'_>,
    progress: &mut ModuleProgress,
    now: Timestamp,
) -> Result<(), Halt> {
    let mut requests = 0;
    loop {
        let cursor = progress.cursor.as_ref();
        let page = round
            .ask(round.crm.changed(progress.module, cursor))
            .await?;
        requests += 1;
        if !progress.complete {
            let read = u64::try_from(page.changed.len()).unwrap_or(u64::MAX);
            progress.done = progress.done.saturating_add(read);
            progress.total = page.total.or(progress.total);
        }
        // A page that leads nowhere would be read for ever.
        let more = page.more && progress.cursor.as_ref() != Some(&page.next);
        progress.cursor = Some(page.next);
        progress.problem = None;
        if !more {
            progress.complete = true;
            progress.requests = requests;
            progress.edits = Some(now);
        }
        keep(round, page.changed, progress).await?;
        if !more {
            return Ok(());
        }
    }
}

/// Keeps what was read, and with the last of it how far it went: cut before that, the same page is
/// read again and changes nothing. In small pieces, because ended calls wait for the store
/// meanwhile.
async fn keep(
    round: &Round<'_>,
    mut people: Vec<Person>,
    progress: &ModuleProgress,
) -> Result<(), Halt> {
    while people.len() > PIECE {
        let rest = people.split_off(PIECE);
        let mut unit = round.begin().await?;
        apply(round, &mut unit, people).await?;
        unit.commit().await?;
        people = rest;
    }
    let mut unit = round.begin().await?;
    apply(round, &mut unit, people).await?;
    round.keep(&mut unit, progress).await?;
    unit.commit().await?;
    Ok(())
}

/// Reads every held record. Those that are gone may have been merged into others.
async fn read_held(round: &Round<'_>, progress: &ModuleProgress) -> Result<(), Halt> {
    let module = progress.module;
    let mut after = String::new();
    loop {
        let mut unit = round.shared.store.read().await?;
        let ids = unit
            .contacts()
            .held(round.phonebook, module, &after, AT_ONCE)
            .await?;
        drop(unit);
        let Some(last) = ids.last() else {
            return Ok(());
        };
        after.clone_from(last);
        let people = round.ask(round.crm.read(module, &ids)).await?;
        let there: HashSet<&str> = people
            .iter()
            .map(|person| person.record.at.id.as_str())
            .collect();
        let missing: Vec<String> = ids
            .iter()
            .filter(|id| !there.contains(id.as_str()))
            .cloned()
            .collect();
        let mut unit = round.begin().await?;
        apply(round, &mut unit, people).await?;
        unit.commit().await?;
        if !missing.is_empty() {
            deletions::ask_about(round, progress, &missing).await?;
        }
    }
}

/// Everything held is as it was at `now`; from there on changes could be followed.
async fn caught_up(
    round: &Round<'_>,
    progress: &mut ModuleProgress,
    from_now: Option<Cursor>,
    now: Timestamp,
) -> Result<(), Halt> {
    progress.cursor = from_now;
    progress.complete = true;
    progress.requests = 1;
    progress.edits = Some(now);
    progress.problem = None;
    let mut unit = round.begin().await?;
    round.keep(&mut unit, progress).await?;
    unit.commit().await?;
    Ok(())
}
