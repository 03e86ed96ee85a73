//! One phone system's calls, from its reports to cards, pops and the journal.
//!
//! One task owns the tracker and everything known about the calls that live. It never waits for
//! a CRM or a database: what takes time runs beside it and comes back as an answer.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use linecard_call::{Call, CallId, CallState, Change, Settings, Tracker};
use linecard_crm::RecordRef;
use linecard_number::{E164, Extension, Phone};
use linecard_pbx::{LinkState, Pbx, Report};
use linecard_rules::lookup::{self, Lookup};
use linecard_rules::pop;
use linecard_store::{ConnectionId, PhoneSystemId};
use tokio::sync::{mpsc, oneshot};
use tokio::task::AbortHandle;

use crate::answers::{AgentsAnswers, Answers, PRECEDENCE, Party};
use crate::card::{Found, card};
use crate::connections::InPhonebook;
use crate::desk::LinkSummary;
use crate::directory::{BoundConnection, Directory};
use crate::flow::Shared;
use crate::journal::{EndedCall, Line};
use crate::lookups::Records;
use crate::{CallRef, CardState, LookupState, create, reconcile};

/// How long a page waits for the CRM's answer where the phonebook knows who calls (F12).
const PHONEBOOK: Duration = Duration::from_secs(2);

/// What the task is told besides the phone system's reports.
pub(crate) enum Told {
    /// A CRM's answer about one call; `None`: it could not be asked.
    Answer {
        call: CallId,
        connection: ConnectionId,
        found: Option<Records>,
    },
    /// The CRMs that come first have kept later ones waiting long enough.
    Hurry(CallId),
    /// The phonebook knows who calls; the CRM is being asked all the same (F12).
    InPhonebook {
        call: CallId,
        connection: ConnectionId,
        found: Records,
    },
    /// The CRMs have been waited for long enough: what the phonebook knows counts.
    TrustPhonebook(CallId),
    /// That number has become known in a CRM.
    Known {
        connection: ConnectionId,
        number: E164,
        found: Records,
    },
    /// An agent means another record (X3).
    Choice {
        call: CallId,
        extension: Extension,
        connection: ConnectionId,
        record: RecordRef,
        /// Whether the call lives and the record is one of those with the number.
        done: oneshot::Sender<bool>,
    },
}

/// A call that lives, and what is known about it.
struct Live {
    call: Call,
    /// The outside party's number, once it is known and may be looked up.
    phone: Option<Phone>,
    answers: Answers,
    /// The extensions at which the page was opened.
    popped: HashSet<Extension>,
    /// The extensions that were told that their part is over.
    gone: HashSet<Extension>,
}

impl Live {
    fn new(call: Call) -> Self {
        Self {
            call,
            phone: None,
            answers: Answers::default(),
            popped: HashSet::new(),
            gone: HashSet::new(),
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

    /// Asks every CRM in which an agent of the call is bound, all at the same time. What is
    /// remembered counts at once: a CRM that comes first and is not remembered is asked all the
    /// same, and has the next call if it knows the number.
    async fn search(&self, live: &mut Live, directory: &Directory) {
        if live.phone.is_none() {
            let bound = |extension: &Extension| directory.is_bound(extension);
            let lookup = lookup::decide(&live.call, &directory.plan, &directory.excluded, bound);
            let Lookup::Ask(phone) = lookup else {
                return;
            };
            live.phone = Some(phone);
        }
        let Some(phone) = &live.phone else {
            return;
        };
        let mut asked = false;
        for connection in &directory.connections {
            let mut legs = live.call.legs.iter();
            let concerned = legs.any(|leg| connection.user(&leg.extension).is_some());
            if !concerned || live.answers.asked(connection.id) {
                continue;
            }
            if let Some(known) = self.shared.lookups.known(connection.id, phone).await {
                live.answers.remembered(connection.id, known);
            } else {
                live.answers.pending(connection.id);
                self.ask(live.call.id.clone(), connection.id, phone.clone());
                asked = true;
            }
        }
        if asked && live.answers.known() {
            live.answers.hurry();
        } else if asked && live.answers.keeps_waiting() {
            self.tell_later(PRECEDENCE, Told::Hurry(live.call.id.clone()));
        }
    }

    fn ask(&self, call: CallId, connection: ConnectionId, phone: Phone) {
        let (shared, told) = (Arc::clone(&self.shared), self.told.0.clone());
        tokio::spawn(async move {
            let known = shared.connections.in_phonebook(connection, &phone).await;
            if let Some(InPhonebook { records, ask: true }) = known {
                let _ = told.send(Told::InPhonebook {
                    call: call.clone(),
                    connection,
                    found: records,
                });
            }
            let found = shared.connections.find(connection, &phone).await;
            let found = found
                .inspect_err(|failure| {
                    tracing::warn!(number = ?phone.e164, %failure, "the CRM could not be asked");
                })
                .ok();
            // The link may have been taken down meanwhile; then nobody waits for the answer.
            let _ = told.send(Told::Answer {
                call,
                connection,
                found,
            });
        });
    }

    fn tell_later(&self, pause: Duration, what: Told) {
        let told = self.told.0.clone();
        tokio::spawn(async move {
            tokio::time::sleep(pause).await;
            // As above.
            let _ = told.send(what);
        });
    }

    fn told(&mut self, told: Told) {
        match told {
            Told::Answer {
                call,
                connection,
                found,
            } => self.learn(&call, |answers| {
                answers.answered(connection, found);
                true
            }),
            Told::Hurry(call) => self.learn(&call, Answers::hurry),
            Told::InPhonebook {
                call,
                connection,
                found,
            } => {
                self.learn(&call, |answers| answers.in_phonebook(connection, found));
                self.tell_later(PHONEBOOK, Told::TrustPhonebook(call));
            }
            Told::TrustPhonebook(call) => self.learn(&call, Answers::trust_phonebooks),
            Told::Known {
                connection,
                number,
                found,
            } => {
                let of_it = |live: &Live| live.phone.as_ref().is_some_and(|it| it.e164 == number);
                let calls = self.live.iter().filter(|(_, live)| of_it(live));
                for call in calls.map(|(id, _)| id.clone()).collect::<Vec<_>>() {
                    self.learn(&call, |answers| {
                        answers.answered(connection, Some(found.clone()));
                        true
                    });
                }
            }
            Told::Choice {
                call,
                extension,
                connection,
                record,
                done,
            } => {
                let mut chosen = false;
                self.learn(&call, |answers| {
                    chosen = answers.choose(&extension, connection, &record);
                    chosen
                });
                // Who asked may have gone; the choice stands.
                let _ = done.send(chosen);
            }
        }
    }

    /// Changes what is known about a call that lives; `learn` tells whether there is anything new.
    fn learn(&mut self, call: &CallId, learn: impl FnOnce(&mut Answers) -> bool) {
        let Some(mut live) = self.live.remove(call) else {
            return;
        };
        if learn(&mut live.answers) {
            self.show(&mut live, &self.shared.directories.newest());
        }
        self.live.insert(call.clone(), live);
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

    /// Brings the agents' cards up to date and opens pages.
    fn show(&self, live: &mut Live, directory: &Directory) {
        let at = self.call_ref(&live.call.id);
        let over = live.call.state == CallState::Ended;
        if !over && live.answers.nobody() {
            create::consider(&self.shared, &at, &live.call);
        }
        for leg in &live.call.legs {
            let answers = live.answers.of(&leg.extension, directory);
            let found = match &live.phone {
                Some(_) => self.found(&answers),
                None => Found::default(),
            };
            let card = card(&live.call, &at, leg, &found, &directory.plan);
            if card.state == CardState::Ended {
                let told = !live.gone.insert(leg.extension.clone());
                if told && !over {
                    continue;
                }
            } else {
                live.gone.remove(&leg.extension);
            }
            self.shared.desk.show(card);
            let certain = match answers.party() {
                Party::Known(connection, _) => live.answers.is_certain(connection.id),
                _ => true,
            };
            if let Some(record) = pop::decide(&live.call, leg, found.who)
                && certain
                && !live.popped.contains(&leg.extension)
            {
                let id = format!("{at}/{}", leg.extension);
                let page = record.page.clone();
                if self.shared.desk.pop(&leg.extension, id, at.clone(), page) {
                    live.popped.insert(leg.extension.clone());
                }
            }
        }
    }

    /// What an agent's card says about the outside party.
    fn found<'a>(&self, answers: &AgentsAnswers<'a>) -> Found<'a> {
        let name = |connection: &BoundConnection| self.shared.connections.name(&connection.kind);
        let (state, who, of) = match answers.party() {
            Party::NotBound => return Found::default(),
            Party::Known(connection, who) => (LookupState::Found, Some(who), Some(connection)),
            Party::Searching => (LookupState::Searching, None, answers.connection(0)),
            Party::Nobody => (LookupState::Nobody, None, answers.connection(0)),
            Party::Unavailable => (LookupState::Unavailable, None, answers.connection(0)),
        };
        let matches = match who {
            None => Vec::new(),
            Some(_) => answers
                .matches()
                .into_iter()
                .map(|(it, record)| (it.id, name(it).unwrap_or_default(), record))
                .collect(),
        };
        Found {
            state: Some(state),
            crm: of.and_then(name),
            who,
            matches,
        }
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
