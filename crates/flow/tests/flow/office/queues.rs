//! The phone system's queues, as far as Linecard pauses members in them.

use std::collections::BTreeMap;

use linecard_number::Extension;
use linecard_pbx::QueuePause;
use tokio::sync::watch;

use super::{DEADLINE, ext};

/// Why a queue does not ring a member; `None`: it does.
type Members = BTreeMap<(Extension, &'static str), Option<String>>;

#[derive(Default)]
pub(crate) struct Queues(watch::Sender<Members>);

impl Queues {
    /// Has one more member, who is not paused.
    pub(super) fn add(&self, extension: &str, queue: &'static str) {
        let member = (ext(extension), queue);
        self.0.send_modify(|members| {
            members.insert(member, None);
        });
    }

    /// Linecard says how the queues are to treat these.
    pub(super) fn pause(&self, wanted: &[QueuePause]) {
        self.0.send_modify(|members| {
            for QueuePause { extension, reason } in wanted {
                let theirs = members.iter_mut().filter(|((it, _), _)| it == extension);
                theirs.for_each(|(_, paused)| paused.clone_from(reason));
            }
        });
    }

    /// Why the queue does not ring this member now.
    pub(crate) fn reason(&self, extension: &str, queue: &'static str) -> Option<String> {
        self.0.borrow()[&(ext(extension), queue)].clone()
    }

    /// Waits until the queue does not ring this member for that reason, or, for `None`, does.
    pub(crate) async fn have(&self, extension: &str, queue: &'static str, reason: Option<&str>) {
        let member = (ext(extension), queue);
        let mut members = self.0.subscribe();
        let have = members.wait_for(|members| members[&member].as_deref() == reason);
        let had = tokio::time::timeout(DEADLINE, have).await;
        assert!(had.is_ok(), "{queue} never has {extension} with {reason:?}");
    }
}
