//! Takes out again what an import added, as far as nobody has changed it since.

use std::sync::Arc;

use linecard_store::{Import, ImportState};
use tokio_util::sync::CancellationToken;

use super::ImportError;
use crate::flow::Shared;

/// How many contacts a transaction takes out: few, because others write, too.
const AT_ONCE: usize = 300;

pub(super) async fn take_out(
    shared: &Arc<Shared>,
    import: &Import,
    stop: &CancellationToken,
) -> Result<(), ImportError> {
    let mut last = None;
    while !stop.is_cancelled() {
        let mut unit = shared.store.begin().await?;
        let (next, count) = unit
            .contacts()
            .take_out(import.phonebook, import.id, last, AT_ONCE)
            .await?;
        if count == 0 {
            unit.imports()
                .change(import.id, &[ImportState::Undoing], ImportState::Undone)
                .await?;
            unit.commit().await?;
            return Ok(());
        }
        if !unit.imports().took_out(import.id, count).await? {
            return Ok(());
        }
        unit.commit().await?;
        last = next;
    }
    Ok(())
}
