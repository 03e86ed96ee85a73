//! The next call, told as it happens.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use linecard_asterisk::AsteriskLink;
use linecard_asterisk::doctor::{Finding, Tally};
use linecard_call::{Call, CallId, Change, Settings, Tracker};
use linecard_clock::Clock;
use linecard_pbx::{LinkState, Pbx as _, Report};
use tokio::sync::mpsc;

use super::teller::Teller;
use crate::serve;

/// Batches of reports under way.
const BATCHES: usize = 64;

/// Follows the calls until the first one that began meanwhile is over, or a person ends it; what
/// that call has shown.
pub(super) async fn watch(
    link: Arc<AsteriskLink>,
    clock: &dyn Clock,
    teller: &Teller,
) -> anyhow::Result<Vec<Finding>> {
    let (sender, mut reports) = mpsc::channel(BATCHES);
    let runner = Arc::clone(&link);
    let running = tokio::spawn(async move { runner.run(sender).await });
    let mut watched = Watched::default();
    let mut stop = std::pin::pin!(serve::stop_signal()?);
    let found = loop {
        let pause = watched.pause(clock);
        tokio::select! {
            batch = reports.recv() => match batch {
                Some(batch) => watched.take(batch, teller)?,
                None => break Vec::new(),
            },
            () = tokio::time::sleep(pause) => watched.tracker.tick(clock.now()),
            () = &mut stop => break Vec::new(),
        }
        if let Some(found) = watched.follow(&link, teller).await? {
            break found;
        }
    };
    running.abort();
    Ok(found)
}

/// What is known of the calls being watched.
struct Watched {
    tracker: Tracker,
    tally: Tally,
    calls: HashMap<CallId, Call>,
    /// The calls that Asterisk had in a queue.
    queued: HashSet<CallId>,
}

impl Default for Watched {
    fn default() -> Self {
        Self {
            tracker: Tracker::new(Settings::default()),
            tally: Tally::default(),
            calls: HashMap::new(),
            queued: HashSet::new(),
        }
    }
}

impl Watched {
    fn pause(&self, clock: &dyn Clock) -> Duration {
        let hour = Duration::from_hours(1);
        self.tracker.deadline().map_or(hour, |deadline| {
            deadline
                .duration_since(clock.now())
                .try_into()
                .unwrap_or_default()
        })
    }

    fn take(&mut self, batch: Vec<Report>, teller: &Teller) -> anyhow::Result<()> {
        for report in batch {
            match report {
                Report::Event { at, event } => {
                    self.tally.hear(&event);
                    self.tracker.handle(at, event);
                }
                Report::Notice(problem)
                | Report::Link(LinkState::Down(problem) | LinkState::NeedsPerson(problem)) => {
                    teller.problem(&problem)?;
                }
                Report::Link(LinkState::Up { .. }) => teller.waiting()?,
                Report::Link(LinkState::Connecting) | Report::JoinedQueue(_) => {}
            }
        }
        Ok(())
    }

    /// Tells what is new; what the first call that ends has shown.
    async fn follow(
        &mut self,
        link: &AsteriskLink,
        teller: &Teller,
    ) -> anyhow::Result<Option<Vec<Finding>>> {
        while let Some(change) = self.tracker.poll() {
            match change {
                Change::Started(call) | Change::Updated(call) => {
                    let before = self.calls.get(&call.id);
                    teller.call(before, &call)?;
                    // Where its answer does not come, nothing is concluded from that.
                    if call.queue.is_none() && link.is_in_queue(&call.id).await.unwrap_or(false) {
                        self.queued.insert(call.id.clone());
                    }
                    self.calls.insert(call.id.clone(), *call);
                }
                Change::Ended(call) => {
                    teller.call(self.calls.get(&call.id), &call)?;
                    let in_queue = self.queued.contains(&call.id);
                    return Ok(Some(self.tally.findings(&call, in_queue)));
                }
                Change::Merged { gone, .. } => drop(self.calls.remove(&gone)),
            }
        }
        Ok(None)
    }
}
