//! One phone system's calls, from its reports to cards, pops and the journal.
//!
//! One task owns the tracker and everything known about the calls that live. It never waits for
//! a CRM or a database: what takes time runs beside it and comes back as an answer.

mod cards;
mod rights;
mod search;
mod told;

pub(crate) use told::Told;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use linecard_call::{Call, CallId, CallState, Change, Settings, Tracker};
use linecard_number::{Extension, Phone};
use linecard_pbx::{LinkState, Pbx, Report};
use linecard_store::PhoneSystemId;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use crate::answers::Answers;
use crate::card::PhonebookContact;
use crate::desk::LinkSummary;
use crate::directory::Directory;
use crate::flow::Shared;
use crate::journal::{EndedCall, Line};
use crate::{CallRef, reconcile, webhooks};
use rights::Rights;

/// A call that lives, and what is known about it.
struct Live {
    call: Call,
    /// The outside party's number, once it is known and may be looked up.
    phone: Option<Phone>,
    /// Who has it in phonebooks that no CRM fills; `None`: nobody has looked yet.
    named: Option<Vec<PhonebookContact>>,
    answers: Answers,
    rights: Rights,
    /// The extensions at which the page was opened.
    popped: HashSet<Extension>,
    /// The extensions that were told that their part is over.
    gone: HashSet<Extension>,
    /// What those outside were told.
    told: webhooks::Live,
}

impl Live {
    fn new(call: Call) -> Self {
        Self {
            call,
            phone: None,
            named: None,
            answers: Answers::default(),
            rights: Rights::default(),
            popped: HashSet::new(),
            gone: HashSet::new(),
            told: webhooks::Live::default(),
        }
    }
}

/// The task of one phone-system link.
pub(crate) struct LinkCalls {
    shared: Arc<Shared>,
    phone_system: PhoneSystemId,
    pbx: Arc<dyn Pbx>,
    /// Looks for calls that ended before the link came up, while it is up.
    reconcile: Option<AbortHandle>,
    tracker: Tracker,
    live: HashMap<CallId, Live>,
    told: (mpsc::UnboundedSender<Told>, mpsc::UnboundedReceiver<Told>),
}

impl LinkCalls {
    pub(crate) fn new(shared: Arc<Shared>, phone_system: PhoneSystemId, pbx: Arc<dyn Pbx>) -> Self {
        let told = mpsc::unbounded_channel();
        shared.inboxes.open(phone_system, told.0.clone());
        Self {
            shared,
            phone_system,
            pbx,
            reconcile: None,
            tracker: Tracker::new(Settings::default()),
            live: HashMap::new(),
            told,
        }
    }

    /// Works until the link is taken down.
    pub(crate) async fn run(mut self, mut reports: mpsc::Receiver<Vec<Report>>) {
        loop {
            let pause = self.pause();
            tokio::select! {
                batch = reports.recv() => match batch {
                    Some(batch) => self.take(batch).await,
                    None => break,
                },
                Some(told) = self.told.1.recv() => self.told(told),
                () = tokio::time::sleep(pause) => self.tracker.tick(self.shared.clock.now()),
            }
            self.follow().await;
        }
        self.withdraw();
    }

    /// How long until the tracker wants to be told the time.
    fn pause(&self) -> Duration {
        let Some(deadline) = self.tracker.deadline() else {
            return Duration::from_hours(1);
        };
        Duration::try_from(deadline.duration_since(self.shared.clock.now()))
            .unwrap_or(Duration::ZERO)
    }

    async fn take(&mut self, batch: Vec<Report>) {
        let mut came_up = false;
        for report in batch {
            match report {
                Report::Link(state) => {
                    came_up = matches!(state, LinkState::Up { .. });
                    self.stop_reconciling();
                    self.link(state);
                }
                Report::Notice(problem) => self.shared.links.notice(self.phone_system, problem),
                // It knows nothing of what the agent is at.
                Report::JoinedQueue(extension) => self.shared.duties.tell_again([extension]),
                Report::Event { at, event } => {
                    self.tracker.handle(at, event);
                    self.follow().await;
                }
            }
        }
        // What is alive came with it: only what is over is missing.
        if came_up {
            let (shared, pbx) = (Arc::clone(&self.shared), Arc::clone(&self.pbx));
            let task = tokio::spawn(reconcile::run(shared, self.phone_system, pbx));
            self.reconcile = Some(task.abort_handle());
        }
    }

    fn stop_reconciling(&mut self) {
        if let Some(task) = self.reconcile.take() {
            task.abort();
        }
    }

    fn link(&self, state: LinkState) {
        let summary = match &state {
            LinkState::Connecting => LinkSummary::Connecting,
            LinkState::Up { .. } => LinkSummary::Up,
            LinkState::Down(_) => LinkSummary::Down,
            LinkState::NeedsPerson(_) => LinkSummary::NeedsPerson,
        };
        self.shared.links.set(self.phone_system, state);
        self.shared.desk.link(summary);
        if summary == LinkSummary::Up {
            let shared = &self.shared;
            shared.duties.tell_again(shared.desk.who_said());
        }
    }

    /// Acts on every change the tracker has to tell.
    async fn follow(&mut self) {
        while let Some(change) = self.tracker.poll() {
            match change {
                Change::Started(call) | Change::Updated(call) => self.changed(*call).await,
                Change::Ended(call) => self.ended(*call).await,
                Change::Merged { gone, .. } => self.merged(&gone),
            }
        }
    }

    async fn changed(&mut self, call: Call) {
        let directory = self.shared.directories.newest();
        let id = call.id.clone();
        self.shared.live.put(self.call_ref(&id), call.clone());
        let mut live = self
            .live
            .remove(&id)
            .unwrap_or_else(|| Live::new(call.clone()));
        live.call = call;
        self.search(&mut live, &directory).await;
        self.show(&mut live, &directory);
        self.live.insert(id, live);
    }

    async fn ended(&mut self, call: Call) {
        let mut live = self
            .live
            .remove(&call.id)
            .unwrap_or_else(|| Live::new(call.clone()));
        live.call = call;
        self.show(&mut live, &self.shared.directories.newest());
        let at = self.call_ref(&live.call.id);
        let ended = EndedCall {
            phone_system: self.phone_system,
            found: live.answers,
            call: live.call,
            reconciled: false,
        };
        let ended = Line::Ended(Box::new(ended));
        if self.shared.journal.send(ended).await.is_err() {
            tracing::error!("a call ended after the journal was closed and is not stored");
        }
        // Not before: what lives holds back the note that everything was heard.
        self.shared.live.remove(&at);
    }

    /// A call turned out to be part of another one, whose own change follows.
    fn merged(&mut self, gone: &CallId) {
        if let Some(live) = self.live.remove(gone) {
            self.close(live, &self.shared.directories.newest());
        }
    }

    /// Takes a call's cards away without storing it.
    fn close(&self, mut live: Live, directory: &Directory) {
        live.call.state = CallState::Ended;
        self.shared.live.remove(&self.call_ref(&live.call.id));
        self.show(&mut live, directory);
    }

    fn call_ref(&self, call: &CallId) -> CallRef {
        CallRef {
            phone_system: self.phone_system,
            call: call.clone(),
        }
    }

    /// The link was taken down: nobody will hear of these calls again.
    fn withdraw(&mut self) {
        self.stop_reconciling();
        self.shared.inboxes.close(self.phone_system);
        let directory = self.shared.directories.newest();
        for (_, live) in std::mem::take(&mut self.live) {
            self.close(live, &directory);
        }
    }
}
