//! Reads the records that a call brought in, or that others were merged into.

use std::collections::HashSet;

use linecard_crm::{Module, RecordRef};

use super::apply::apply;
use super::round::{Halt, Round};

/// How many are read with one call.
const AT_ONCE: usize = 200;

/// Reads every record of `module` of which only a part is known. One that is gone is taken out.
pub(super) async fn read(round: &Round<'_>, module: Module) -> Result<(), Halt> {
    loop {
        let mut unit = round.shared.store.read().await?;
        let ids = unit
            .contacts()
            .stale(round.phonebook, module, AT_ONCE)
            .await?;
        drop(unit);
        if ids.is_empty() {
            return Ok(());
        }
        let people = round.ask(round.crm.read(module, &ids)).await?;
        let there: HashSet<String> = people
            .iter()
            .map(|person| person.record.at.id.clone())
            .collect();
        let mut unit = round.begin().await?;
        apply(round, &mut unit, people).await?;
        for id in ids.into_iter().filter(|id| !there.contains(id)) {
            let gone = RecordRef { module, id };
            unit.contacts().remove(round.phonebook, &gone).await?;
        }
        unit.commit().await?;
    }
}
