//! Duty drives the queues: who is not ready for a call is paused in all of theirs, with the reason.
//!
//! Told are those whose duty has changed, those who join a queue, and all when a link to a phone system
//! comes up: it may have been started anew meanwhile. Who never said what they are at is left as the phone
//! system has it, and so is a pause that is made or ended there: whoever does that means it.

use std::sync::Arc;

use linecard_number::Extension;
use linecard_pbx::QueuePause;
use linecard_store::{Duty, DutyState};
use tokio_util::sync::CancellationToken;

use crate::PhoneSystems;
use crate::flow::Shared;

/// Tells the phone systems until the flow stops. A phone system that does not answer keeps nobody else
/// waiting: neither Desk nor the store.
pub(crate) async fn run(
    shared: Arc<Shared>,
    phone_systems: Arc<PhoneSystems>,
    stop: CancellationToken,
) {
    loop {
        tokio::select! {
            () = shared.duties.to_tell.changed() => {}
            () = stop.cancelled() => return,
        }
        let whose = shared.duties.to_tell.take();
        let wanted: Vec<_> = whose
            .into_iter()
            .filter_map(|extension| {
                let duty = shared.desk.duty(&extension)?;
                Some(pause(extension, duty))
            })
            .collect();
        if wanted.is_empty() {
            continue;
        }
        let failed = tokio::select! {
            done = phone_systems.pause(&wanted) => done.err(),
            () = stop.cancelled() => return,
        };
        if let Some(error) = &failed {
            tracing::warn!(%error, agents = wanted.len(), "the queues were not told what agents are at");
        }
        for QueuePause { extension, .. } in wanted {
            shared.desk.queues_told(&extension, failed.as_ref());
        }
    }
}

/// The reason is for whoever looks at the queues: it is in the admin's words, else in English.
fn pause(extension: Extension, duty: Duty) -> QueuePause {
    let reason = match duty.state {
        DutyState::On => None,
        DutyState::Break(reason) => Some(reason.unwrap_or_else(|| "Break".to_owned())),
        DutyState::WrapUp(_) => Some("Wrap-up".to_owned()),
        DutyState::Off => Some("Off duty".to_owned()),
    };
    QueuePause { extension, reason }
}
