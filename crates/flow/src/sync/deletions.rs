//! Follows what was deleted in the CRM, or merged into another record (F10).

use jiff::Timestamp;
use linecard_crm::{Deletion, Module, RecordRef};
use linecard_store::{ModuleProgress, StoreError, SyncWish, UnitOfWork};

use super::round::{Halt, Round};

/// How many held records are listed from the store at a time.
const AT_ONCE: usize = 5_000;

/// Takes out what is gone since the last look.
pub(super) async fn follow(round: &Round<'_>, progress: &mut ModuleProgress) -> Result<(), Halt> {
    let now = round.shared.clock.now();
    let held = held(round, progress.module).await?;
    let gone = if held.is_empty() {
        Vec::new()
    } else {
        let since = progress.deletions.unwrap_or(Timestamp::MIN);
        let asked = round.crm.deleted(progress.module, since, &held);
        round.ask(asked).await?
    };
    progress.deletions = Some(now);
    let mut unit = round.begin().await?;
    for deletion in &gone {
        take_out(round, &mut unit, deletion).await?;
    }
    round.keep(&mut unit, progress).await?;
    unit.commit().await?;
    Ok(())
}

/// Takes out these held records, which were not there when they were read.
pub(super) async fn ask_about(
    round: &Round<'_>,
    progress: &ModuleProgress,
    missing: &[String],
) -> Result<(), Halt> {
    let module = progress.module;
    let since = progress.deletions.unwrap_or(Timestamp::MIN);
    let gone = round.ask(round.crm.deleted(module, since, missing)).await?;
    let mut unit = round.begin().await?;
    for id in missing {
        let at = RecordRef {
            module,
            id: id.clone(),
        };
        let told = gone.iter().find(|deletion| deletion.at == at);
        let deletion = told.cloned().unwrap_or(Deletion {
            at,
            merged_into: None,
        });
        take_out(round, &mut unit, &deletion).await?;
    }
    unit.commit().await?;
    Ok(())
}

/// A merged record goes on as the one it was merged into, where that is kept too.
async fn take_out(
    round: &Round<'_>,
    unit: &mut UnitOfWork,
    deletion: &Deletion,
) -> Result<(), StoreError> {
    let options = round.directory.connection(round.connection);
    let into = deletion.merged_into.as_ref().filter(|into| {
        options.is_some_and(|connection| connection.choices.sync.keeps(into.module))
    });
    let held = unit.contacts().holds(round.phonebook, &deletion.at).await?;
    match into {
        Some(into) if held => {
            unit.contacts()
                .move_to(round.phonebook, &deletion.at, into)
                .await?;
            // What it is now is read in the next round, at once.
            let mut progress = unit.sync_progress();
            progress.hurry(round.connection, SyncWish::Parts).await?;
        }
        _ => {
            unit.contacts()
                .remove(round.phonebook, &deletion.at)
                .await?;
        }
    }
    unit.contacts().unskip(round.connection, &deletion.at).await
}

async fn held(round: &Round<'_>, module: Module) -> Result<Vec<String>, StoreError> {
    let mut all: Vec<String> = Vec::new();
    let mut unit = round.shared.store.read().await?;
    loop {
        let after = all.last().cloned().unwrap_or_default();
        let some = unit
            .contacts()
            .held(round.phonebook, module, &after, AT_ONCE)
            .await?;
        if some.is_empty() {
            return Ok(all);
        }
        all.extend(some);
    }
}
