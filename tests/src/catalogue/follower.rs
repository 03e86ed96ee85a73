//! Linecard's own way from AMI to calls: the real link and the real tracker.

use std::collections::BTreeSet;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use linecard_asterisk::AsteriskKind;
use linecard_call::{Call, CallId, Change, Event, LegState, Load, Settings, Tracker};
use linecard_clock::{Clock, SystemClock, SystemEntropy};
use linecard_number::Extension;
use linecard_pbx::{LinkState, Pbx, PbxKind as _, PbxSettings, Report};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;

use crate::asterisk::Facts;

/// Reports held while the tracker is at work.
const MOST_REPORTS: usize = 1_000;
/// How often the tracker is told the time when nothing happens.
const TICK: Duration = Duration::from_millis(20);

/// Follows one Asterisk for as long as it lives.
pub(super) struct Follower {
    told: Arc<Told>,
    link: Arc<dyn Pbx>,
    /// Ends the link when it is dropped.
    runtime: Runtime,
}

#[derive(Default)]
struct Told {
    state: Mutex<State>,
    more: Condvar,
}

#[derive(Default)]
struct State {
    link: Option<LinkState>,
    /// Where it rings now, and in which call.
    ringing: Vec<(Extension, CallId)>,
    /// Calls that ended and that no scenario has taken yet.
    ended: Vec<Call>,
    /// Channels of which the link said that they are gone.
    gone: BTreeSet<String>,
    load: Load,
}

impl Told {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Follower {
    pub(super) fn start(facts: &Facts, patience: Duration) -> Result<Self> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let kind = AsteriskKind::new(Arc::clone(&clock), Arc::new(SystemEntropy));
        let settings = [
            ("host", facts.host.as_str()),
            ("port", &facts.ami_port.to_string()),
            ("username", &facts.ami_username),
            ("secret", &facts.ami_secret),
            ("own", r"PJSIP/[12]\d\d"),
            ("trunk", "PJSIP/trunk"),
            ("dial_context", "internal"),
            ("outside_prefix", "9"),
            ("number_form", "international"),
            ("ring_seconds", "5"),
            // The one softphone is played over UDP; nothing goes to this address.
            ("sip_websocket", "ws://127.0.0.1:8088/ws"),
            ("sip_secret", "unused"),
        ];
        let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let link = kind.open(&PbxSettings(settings.into()))?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .context("no runtime for the link")?;
        let told = Arc::new(Told::default());
        let (reports, heard) = mpsc::channel(MOST_REPORTS);
        let running = Arc::clone(&link);
        runtime.spawn(async move { running.run(reports).await });
        runtime.spawn(follow(heard, clock, Arc::clone(&told)));
        let follower = Self {
            told,
            link,
            runtime,
        };
        follower.await_that("the link is up", patience, |state| {
            matches!(state.link, Some(LinkState::Up { .. }))
        })?;
        Ok(follower)
    }

    /// Carries out a command on the link.
    pub(super) fn command<T>(&self, command: impl AsyncFnOnce(&dyn Pbx) -> T) -> T {
        self.runtime.block_on(command(&*self.link))
    }

    /// Waits until the link has told the end of all `channels` and no call is left; the calls
    /// that ended since this was last asked, by their beginning.
    pub(super) fn calls(
        &self,
        channels: &BTreeSet<String>,
        patience: Duration,
    ) -> Result<Vec<Call>> {
        self.await_that("every call has ended", patience, |state| {
            channels.is_subset(&state.gone) && state.load == Load::default()
        })?;
        let mut calls = std::mem::take(&mut self.told.state().ended);
        calls.sort_by_key(|call| call.started);
        Ok(calls)
    }

    /// The call that rings at `extension`, once one does.
    pub(super) fn ringing_at(&self, extension: &Extension, patience: Duration) -> Result<CallId> {
        let mut found = None;
        self.await_that("it rings", patience, |state| {
            let at = state.ringing.iter().find(|(at, _)| at == extension);
            found = at.map(|(_, call)| call.clone());
            found.is_some()
        })?;
        found.context("it rings nowhere")
    }

    /// Forgets the calls of a scenario that came to nothing.
    pub(super) fn starts_over(&self) {
        self.told.state().ended.clear();
    }

    fn await_that(
        &self,
        what: &str,
        patience: Duration,
        mut holds: impl FnMut(&State) -> bool,
    ) -> Result<()> {
        let deadline = Instant::now() + patience;
        let mut state = self.told.state();
        while !holds(&state) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                bail!(
                    "{what}: not within {patience:?}; the link is {:?} and holds {:?}",
                    state.link,
                    state.load
                );
            }
            state = self
                .told
                .more
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        Ok(())
    }
}

async fn follow(mut heard: mpsc::Receiver<Vec<Report>>, clock: Arc<dyn Clock>, told: Arc<Told>) {
    let mut tracker = Tracker::new(Settings::default());
    loop {
        let reports = match tokio::time::timeout(TICK, heard.recv()).await {
            Ok(Some(reports)) => reports,
            Ok(None) => return,
            Err(_) => Vec::new(),
        };
        let mut state = told.state();
        for report in reports {
            match report {
                Report::Link(link) => state.link = Some(link),
                Report::Notice(_) | Report::JoinedQueue(_) => {}
                Report::Event { at, event } => {
                    if let Event::Hangup { channel, .. } = &event {
                        state.gone.insert(channel.0.to_string());
                    }
                    tracker.handle(at, event);
                }
            }
        }
        tracker.tick(clock.now());
        while let Some(change) = tracker.poll() {
            if let Change::Ended(call) = change {
                state.ended.push(*call);
            }
        }
        state.ringing = tracker.calls().flat_map(ringing).collect();
        state.load = tracker.load();
        drop(state);
        told.more.notify_all();
    }
}

fn ringing(call: &Call) -> impl Iterator<Item = (Extension, CallId)> {
    let rings = call
        .legs
        .iter()
        .filter(|leg| leg.state == LegState::Ringing);
    rings.map(|leg| (leg.extension.clone(), call.id.clone()))
}
