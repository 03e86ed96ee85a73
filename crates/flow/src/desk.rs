//! The agents' Desks: who is there, who is on duty, which cards they see.
//!
//! A [`Seat`] is one open Desk of one agent; an agent may have several. Every seat is told
//! everything, in order. A seat that does not read is closed rather than waited for; it comes
//! back by itself and is greeted with the cards as they are then.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use linecard_number::Extension;
use linecard_pbx::DialFailure;
use linecard_rules::pop::{Client, Manners, Mode};
use serde::Serialize;
use tokio::sync::mpsc;
use url::Url;

use crate::directory::Directory;
use crate::{CallRef, Card, CardState};

/// How many messages may wait for one seat.
const SEAT_QUEUE: usize = 256;

/// Something a Desk has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskEvent {
    /// A new or changed card.
    Card(Arc<Card>),
    /// The agent's part in this call is over.
    Gone(CallRef),
    /// The call was erased: it is not shown any more.
    Erased(CallRef),
    /// Open this page now.
    Pop {
        /// The same pop always has the same id, so that it is opened once.
        id: String,
        /// The call it belongs to.
        call: CallRef,
        /// The record's page.
        page: Url,
    },
    /// An admin chose who opens the pages at this kind of client.
    PopMode(Mode),
    /// The agent went on or off duty, here or at another seat.
    Duty(bool),
    /// The link to the phone system changed.
    Link(LinkSummary),
    /// A call that the agent asked for comes along.
    Dialling(Arc<Dialling>),
}

/// A call that an agent asked for by a click.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialling {
    /// The name the call has.
    pub call: CallRef,
    /// Who is called, as people write the number.
    pub number: String,
    /// It is a number outside the company.
    pub outside: bool,
    /// Who that is, where it is known.
    pub name: Option<String>,
    /// How far it has come.
    pub stage: DialStage,
}

/// How far a call has come that an agent asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DialStage {
    /// The agent's own phone rings.
    Ringing,
    /// It was answered; the number is called now, and the call has a card.
    Answered,
    /// It comes no further.
    Failed(DialFailure),
}

/// The link to the phone system, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkSummary {
    /// Being made.
    Connecting,
    /// Calls are seen.
    Up,
    /// Lost; it comes back by itself.
    Down,
    /// An admin has to look.
    NeedsPerson,
}

/// Whether an agent can be reached at Desk (D10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// At least one Desk is open, and the agent is on duty.
    OnDuty,
    /// A Desk is open, but the agent is off duty.
    OffDuty,
    /// No Desk is open.
    SignedOut,
}

/// What a seat is greeted with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hello {
    /// Whether the agent is on duty.
    pub duty: bool,
    /// The agent's calls now.
    pub cards: Vec<Arc<Card>>,
    /// The calls asked for whose own phone rings now.
    pub dialling: Vec<Arc<Dialling>>,
}

#[derive(Debug, Default)]
struct Agent {
    on_duty: bool,
    cards: BTreeMap<CallRef, Arc<Card>>,
    dialling: BTreeMap<CallRef, Arc<Dialling>>,
    seats: Vec<Place>,
}

/// Where the events of one seat go.
#[derive(Debug)]
struct Place {
    number: u64,
    client: Client,
    /// What the seat was told last; `None`: nothing yet.
    mode: Option<Mode>,
    events: mpsc::Sender<DeskEvent>,
}

impl Place {
    /// `false`: nobody reads there.
    fn tell(&self, event: &DeskEvent) -> bool {
        self.events.try_send(event.clone()).is_ok()
    }
}

impl Agent {
    fn presence(&self) -> Presence {
        match (self.on_duty, self.seats.is_empty()) {
            (true, _) => Presence::OnDuty,
            (false, false) => Presence::OffDuty,
            (false, true) => Presence::SignedOut,
        }
    }

    fn tell(&mut self, event: &DeskEvent) {
        self.seats.retain(|place| place.tell(event));
    }

    /// Tells the seats of one kind; `false`: there is none.
    fn tell_clients(&mut self, client: Client, event: &DeskEvent) -> bool {
        self.seats
            .retain(|place| place.client != client || place.tell(event));
        self.seats.iter().any(|place| place.client == client)
    }

    /// Tells each seat whose kind's mode has changed.
    fn set_modes(&mut self, manners: Manners) {
        self.seats.retain_mut(|place| {
            let mode = manners.of(place.client).mode;
            let changed = place.mode.replace(mode) != Some(mode);
            !changed || place.tell(&DeskEvent::PopMode(mode))
        });
    }
}

#[derive(Debug, Default)]
struct Agents {
    by_extension: HashMap<Extension, Agent>,
    seats_made: u64,
}

/// All Desks.
#[derive(Debug, Clone, Default)]
pub struct Desk(Arc<Mutex<Agents>>);

impl Desk {
    /// Opens a Desk of that kind for the agent at `extension`.
    #[must_use]
    pub fn join(&self, extension: &Extension, client: Client) -> Seat {
        let (sender, events) = mpsc::channel(SEAT_QUEUE);
        let number = self.with(|agents| {
            agents.seats_made += 1;
            let number = agents.seats_made;
            let agent = agents.by_extension.entry(extension.clone()).or_default();
            agent.seats.push(Place {
                number,
                client,
                mode: None,
                events: sender,
            });
            number
        });
        Seat {
            desk: self.clone(),
            extension: extension.clone(),
            number,
            events,
        }
    }

    /// The extensions whose agents are on duty.
    #[must_use]
    pub fn on_duty(&self) -> Vec<Extension> {
        self.with(|agents| {
            agents
                .by_extension
                .iter()
                .filter(|(_, agent)| agent.on_duty)
                .map(|(extension, _)| extension.clone())
                .collect()
        })
    }

    /// Shows a card; a card that says the same as before is not sent again.
    pub(crate) fn show(&self, card: Card) {
        self.with(|agents| {
            let ended = card.state == CardState::Ended;
            let agent = agents
                .by_extension
                .entry(card.extension.clone())
                .or_default();
            if agent.cards.get(&card.call).map(AsRef::as_ref) == Some(&card) {
                return;
            }
            let (call, card) = (card.call.clone(), Arc::new(card));
            agent.tell(&DeskEvent::Card(Arc::clone(&card)));
            if !ended {
                agent.cards.insert(call, card);
            } else if agent.cards.remove(&call).is_some() {
                agent.tell(&DeskEvent::Gone(call));
            }
        });
    }

    /// Whether a page would open at the agent's Desks now (D10).
    #[must_use]
    pub fn presence(&self, extension: &Extension) -> Presence {
        self.with(|agents| {
            let agent = agents.by_extension.get(extension);
            agent.map_or(Presence::SignedOut, Agent::presence)
        })
    }

    /// Tells the seats of an agent, or of all, who opens the pages at their kind of client, where
    /// that has changed. The newest picture is taken while nobody else tells: an older one never
    /// comes behind a newer.
    pub(crate) fn set_modes(
        &self,
        whose: Option<&Extension>,
        newest: impl FnOnce() -> Arc<Directory>,
    ) {
        self.with(|agents| {
            let directory = newest();
            if let Some(extension) = whose {
                if let Some(agent) = agents.by_extension.get_mut(extension) {
                    agent.set_modes(directory.manners(extension));
                }
                return;
            }
            for (extension, agent) in &mut agents.by_extension {
                agent.set_modes(directory.manners(extension));
            }
        });
    }

    /// The kind at which the agent's pages are opened, as far as one is open there.
    pub(crate) fn client(&self, extension: &Extension) -> Option<Client> {
        self.with(|agents| {
            let seats = &agents.by_extension.get(extension)?.seats;
            let mut all = Client::ALL.into_iter();
            all.find(|client| seats.iter().any(|place| place.client == *client))
        })
    }

    /// Opens a page at the agent's Desks of that kind; `false` when none is open or the agent is
    /// not on duty.
    pub(crate) fn pop(
        &self,
        extension: &Extension,
        client: Client,
        id: String,
        call: CallRef,
        page: Url,
    ) -> bool {
        self.with(|agents| {
            let Some(agent) = agents.by_extension.get_mut(extension) else {
                return false;
            };
            agent.presence() == Presence::OnDuty
                && agent.tell_clients(client, &DeskEvent::Pop { id, call, page })
        })
    }

    /// Tells the agent's Desks how far a call has come that the agent asked for.
    pub(crate) fn dialling(&self, extension: &Extension, dialling: Dialling) {
        self.with(|agents| {
            let agent = agents.by_extension.entry(extension.clone()).or_default();
            let dialling = Arc::new(dialling);
            if dialling.stage == DialStage::Ringing {
                let call = dialling.call.clone();
                agent.dialling.insert(call, Arc::clone(&dialling));
            } else {
                agent.dialling.remove(&dialling.call);
            }
            agent.tell(&DeskEvent::Dialling(dialling));
        });
    }

    /// Takes a call that is over off every Desk.
    pub(crate) fn erase(&self, call: &CallRef) {
        self.with(|agents| {
            for agent in agents.by_extension.values_mut() {
                agent.tell(&DeskEvent::Erased(call.clone()));
            }
        });
    }

    /// Tells every Desk about the link.
    pub(crate) fn link(&self, summary: LinkSummary) {
        self.with(|agents| {
            for agent in agents.by_extension.values_mut() {
                agent.tell(&DeskEvent::Link(summary));
            }
        });
    }

    fn with<T>(&self, change: impl FnOnce(&mut Agents) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// One open Desk. Dropping it closes it; an agent whose last Desk closes is off duty.
#[derive(Debug)]
pub struct Seat {
    desk: Desk,
    extension: Extension,
    number: u64,
    events: mpsc::Receiver<DeskEvent>,
}

impl Seat {
    /// What this Desk starts with. Read it before the first [`Seat::next`].
    #[must_use]
    pub fn hello(&self) -> Hello {
        self.desk.with(|agents| {
            let agent = agents.by_extension.get(&self.extension);
            Hello {
                duty: agent.is_some_and(|agent| agent.on_duty),
                cards: agent
                    .map(|agent| agent.cards.values().cloned().collect())
                    .unwrap_or_default(),
                dialling: agent
                    .map(|agent| agent.dialling.values().cloned().collect())
                    .unwrap_or_default(),
            }
        })
    }

    /// The agent goes on or off duty; every Desk of the agent is told.
    pub fn set_duty(&self, on: bool) {
        self.desk.with(|agents| {
            if let Some(agent) = agents.by_extension.get_mut(&self.extension)
                && agent.on_duty != on
            {
                agent.on_duty = on;
                agent.tell(&DeskEvent::Duty(on));
            }
        });
    }

    /// Waits for the next event; `None` when this Desk was too slow and has been closed.
    pub async fn next(&mut self) -> Option<DeskEvent> {
        self.events.recv().await
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.desk.with(|agents| {
            if let Some(agent) = agents.by_extension.get_mut(&self.extension) {
                agent.seats.retain(|place| place.number != self.number);
                if agent.seats.is_empty() {
                    agent.on_duty = false;
                }
            }
        });
    }
}
