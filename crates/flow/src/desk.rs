//! The agents' Desks: who is there, who is on duty, which cards they see.
//!
//! A [`Seat`] is one open Desk of one agent; an agent may have several. Every seat is told
//! everything, in order. A seat that does not read is closed rather than waited for; it comes
//! back by itself and is greeted with the cards as they are then.
//!
//! What an agent is at (`crate::duty`) is the same at all of their Desks, and stays when they are closed.
//!
//! A device is a program that is bound to an agent: the extension for Chrome, or the companion. It
//! opens pages and has no choice of duty: an agent who never said what they are at is reached there.
//! What shows a call or opens its page is the extension first, then a Desk that
//! does it by itself, then the companion, which only has the browser that happens to be the default.

mod devices;
mod seat;
mod sit_down;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use linecard_call::Direction;
use linecard_number::Extension;
use linecard_pbx::{CommandError, DialFailure};
use linecard_rules::pop::{Client, Manners, Mode};
use linecard_store::{DeviceClient, DeviceId, Duty, DutyState};
use serde::Serialize;
use tokio::sync::mpsc;
use url::Url;

use self::devices::Devices;
pub(crate) use self::devices::PopOrder;
pub use self::seat::{Hello, Seat};
use crate::directory::Directory;
use crate::duty::DutyRules;
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
        /// From when on it is of no more use.
        until: Timestamp,
    },
    /// An admin chose who opens the pages at this kind of client.
    PopMode(Mode),
    /// The agent is at something else, by a word here or at another seat.
    Duty(Duty),
    /// An admin chose other reasons for a break.
    Breaks(Vec<String>),
    /// The queues were told what the agent is at, or why not.
    Queues(Option<CommandError>),
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
    /// At least one Desk is open and the agent is at work, or a device stands in for it.
    OnDuty,
    /// A Desk is open, but the agent is on a break.
    OnBreak,
    /// A Desk is open, but the agent is off duty.
    OffDuty,
    /// No Desk is open.
    SignedOut,
}

#[derive(Debug, Default)]
struct Agent {
    /// `None`: the agent never said.
    duty: Option<Duty>,
    /// Why the queues do not know it.
    queues: Option<CommandError>,
    devices: Devices,
    cards: BTreeMap<CallRef, Arc<Card>>,
    dialling: BTreeMap<CallRef, Arc<Dialling>>,
    seats: Vec<Place>,
}

/// Where the events of one seat go.
#[derive(Debug)]
struct Place {
    number: u64,
    client: Client,
    device: Option<(DeviceId, DeviceClient)>,
    /// What the seat was told last; `None`: nothing yet.
    mode: Option<Mode>,
    /// Boxed: a queue has room for some dozens from its beginning.
    events: mpsc::Sender<Box<DeskEvent>>,
}

impl Place {
    fn is(&self, client: DeviceClient) -> bool {
        self.device.is_some_and(|(_, kind)| kind == client)
    }

    /// Desk in a tab of the browser that opens the pages by itself.
    fn opens_in_browser(&self) -> bool {
        self.client == Client::Web && self.mode == Some(Mode::Automatic)
    }

    /// `false`: nobody reads there.
    fn tell(&self, event: &DeskEvent) -> bool {
        self.events.try_send(Box::new(event.clone())).is_ok()
    }
}

impl Agent {
    fn presence(&self) -> Presence {
        if self.seats.is_empty() {
            return Presence::SignedOut;
        }
        match self.duty.as_ref().map(|duty| &duty.state) {
            Some(DutyState::On | DutyState::WrapUp(_)) => Presence::OnDuty,
            Some(DutyState::Break(_)) => Presence::OnBreak,
            None if self.seats.iter().all(|place| place.device.is_some()) => Presence::OnDuty,
            Some(DutyState::Off) | None => Presence::OffDuty,
        }
    }

    fn is_at_work(&self) -> bool {
        let duty = self.duty.as_ref();
        duty.is_some_and(|duty| duty.state.is_at_work())
    }

    /// The agent is at something else: all of their Desks are told.
    fn goes(&mut self, state: DutyState, since: Timestamp) {
        let duty = Duty { state, since };
        self.duty = Some(duty.clone());
        self.tell(&DeskEvent::Duty(duty));
    }

    fn wraps_up_until(&self) -> Option<Timestamp> {
        match self.duty.as_ref()?.state {
            DutyState::WrapUp(until) => Some(until),
            DutyState::On | DutyState::Break(_) | DutyState::Off => None,
        }
    }

    /// A call is over. Who talked with somebody outside until then, at a Desk that is open, and talks with
    /// nobody else, is in wrap-up.
    fn wrap_up(&mut self, before: &Card, card: &Card, seconds: u16) -> bool {
        let talks = |card: &Card| matches!(card.state, CardState::Talking | CardState::Holding);
        let talked = talks(before) && card.direction != Direction::Internal;
        let talks = self.cards.values().any(|card| talks(card));
        let at_desk = self.seats.iter().any(|place| place.device.is_none());
        if seconds == 0 || !talked || talks || !at_desk || !self.is_at_work() {
            return false;
        }
        let ended = card.ended.unwrap_or(card.started);
        let until = ended + SignedDuration::from_secs(seconds.into());
        self.goes(DutyState::WrapUp(until), ended);
        true
    }

    /// Opens a page at one client on the desktop: at the one that came last, or at a device that is
    /// just coming back while nothing else is open.
    fn pop_on_desktop(&mut self, pop: PopOrder) -> bool {
        if self.presence() == Presence::OnDuty {
            let mut places = self.on_desktop();
            let told = places
                .find(|place| place.tell(&pop.clone().into()))
                .map(|place| place.device);
            drop(places);
            if let Some(device) = told {
                if let Some((device, _)) = device {
                    self.devices.wait(device, pop);
                }
                return true;
            }
        }
        match self.devices.coming_back() {
            Some(device) if self.seats.is_empty() && (self.duty.is_none() || self.is_at_work()) => {
                self.devices.wait(device, pop);
                true
            }
            _ => false,
        }
    }

    /// Who may open pages on the desktop: who came last comes first, and the companion after all
    /// others, where no Desk opens them.
    fn on_desktop(&self) -> impl Iterator<Item = &Place> {
        let newest = || self.seats.iter().rev();
        let companion = |place: &&Place| place.is(DeviceClient::Companion);
        let desktop = move |place: &&Place| place.client == Client::Desktop && !companion(place);
        let steps_back = newest().any(Place::opens_in_browser);
        let companions = newest().filter(companion);
        newest()
            .filter(desktop)
            .chain(companions.filter(move |_| !steps_back))
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
    rules: DutyRules,
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
        self.seat(extension, client, None, |_| Vec::new())
    }

    /// Opens the agent's Desk in a device, which says the page it opened last and is told those it
    /// has missed.
    pub(crate) fn join_device(
        &self,
        extension: &Extension,
        device: (DeviceId, DeviceClient),
        opened: Option<&str>,
        now: Timestamp,
    ) -> Seat {
        self.seat(extension, Client::Desktop, Some(device), |devices| {
            devices.came(device.0, opened, now)
        })
    }

    fn seat(
        &self,
        extension: &Extension,
        client: Client,
        device: Option<(DeviceId, DeviceClient)>,
        missed: impl FnOnce(&mut Devices) -> Vec<PopOrder>,
    ) -> Seat {
        let (sender, events) = mpsc::channel(SEAT_QUEUE);
        let number = self.with(|agents| {
            agents.seats_made += 1;
            let number = agents.seats_made;
            let agent = agents.by_extension.entry(extension.clone()).or_default();
            let place = Place {
                number,
                client,
                device,
                mode: None,
                events: sender,
            };
            for pop in missed(&mut agent.devices) {
                place.tell(&pop.into());
            }
            agent.seats.push(place);
            number
        });
        Seat {
            desk: self.clone(),
            extension: extension.clone(),
            number,
            device: device.map(|(device, _)| device),
            events,
        }
    }

    /// The extensions whose agents are at work, at a Desk that is open.
    #[must_use]
    pub fn on_duty(&self) -> Vec<Extension> {
        self.with(|agents| {
            agents
                .by_extension
                .iter()
                .filter(|(_, agent)| agent.is_at_work() && !agent.seats.is_empty())
                .map(|(extension, _)| extension.clone())
                .collect()
        })
    }

    /// Takes what the store knows of duty.
    pub(crate) fn remember(&self, rules: DutyRules, duties: Vec<(Extension, Duty)>) {
        self.with(|agents| {
            agents.rules = rules;
            for (extension, duty) in duties {
                agents.by_extension.entry(extension).or_default().duty = Some(duty);
            }
        });
    }

    /// Takes what an admin chose; every Desk is told the reasons for a break.
    pub(crate) fn set_rules(&self, rules: DutyRules) {
        self.with(|agents| {
            if agents.rules.version >= rules.version {
                return;
            }
            if agents.rules.reasons != rules.reasons {
                for agent in agents.by_extension.values_mut() {
                    agent.tell(&DeskEvent::Breaks(rules.reasons.clone()));
                }
            }
            agents.rules = rules;
        });
    }

    /// Whether it is a reason for a break.
    pub(crate) fn has_reason(&self, reason: &String) -> bool {
        self.with(|agents| agents.rules.reasons.contains(reason))
    }

    /// Those who have said what they are at.
    pub(crate) fn who_said(&self) -> Vec<Extension> {
        self.with(|agents| {
            let said = agents
                .by_extension
                .iter()
                .filter(|(_, it)| it.duty.is_some());
            said.map(|(extension, _)| extension.clone()).collect()
        })
    }

    /// The queues were told what the agent is at, or why not; the agent's Desks are told what is new.
    pub(crate) fn queues_told(&self, extension: &Extension, failed: Option<&CommandError>) {
        self.with(|agents| {
            if let Some(agent) = agents.by_extension.get_mut(extension)
                && agent.queues.as_ref() != failed
            {
                agent.queues = failed.cloned();
                agent.tell(&DeskEvent::Queues(failed.cloned()));
            }
        });
    }

    /// When the wrap-up ends that ends first.
    pub(crate) fn next_wrap_up_end(&self) -> Option<Timestamp> {
        self.with(|agents| {
            let all = agents.by_extension.values();
            all.filter_map(Agent::wraps_up_until).min()
        })
    }

    /// Those whose wrap-up is over are on duty again: who they are.
    pub(crate) fn end_wrap_ups(&self, now: Timestamp) -> Vec<Extension> {
        self.with(|agents| {
            let mut whose = Vec::new();
            for (extension, agent) in &mut agents.by_extension {
                if agent.wraps_up_until().is_some_and(|until| until <= now) {
                    agent.goes(DutyState::On, now);
                    whose.push(extension.clone());
                }
            }
            whose
        })
    }

    /// What the agent is at; `None`: they never said.
    #[must_use]
    pub fn duty(&self, extension: &Extension) -> Option<Duty> {
        self.with(|agents| agents.by_extension.get(extension)?.duty.clone())
    }

    /// The agent is at something else; every Desk of the agent is told. `false`: they were at it
    /// before.
    pub(crate) fn set_duty(&self, extension: &Extension, duty: Duty) -> bool {
        self.with(|agents| {
            let agent = agents.by_extension.entry(extension.clone()).or_default();
            if agent.duty.as_ref().map(|before| &before.state) == Some(&duty.state) {
                return false;
            }
            agent.goes(duty.state, duty.since);
            true
        })
    }

    /// Shows a card; a card that says the same as before is not sent again. `true`: the agent is in
    /// wrap-up now, because it was the last that they talked in.
    pub(crate) fn show(&self, card: Card) -> bool {
        self.with(|agents| {
            let ended = card.state == CardState::Ended;
            let agent = agents
                .by_extension
                .entry(card.extension.clone())
                .or_default();
            if agent.cards.get(&card.call).map(AsRef::as_ref) == Some(&card) {
                return false;
            }
            let (call, card) = (card.call.clone(), Arc::new(card));
            agent.tell(&DeskEvent::Card(Arc::clone(&card)));
            if !ended {
                agent.cards.insert(call, card);
            } else if let Some(before) = agent.cards.remove(&call) {
                agent.tell(&DeskEvent::Gone(call));
                return agent.wrap_up(&before, &card, agents.rules.wrap_up_seconds);
            }
            false
        })
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
            let agent = agents.by_extension.get(extension)?;
            if agent.on_desktop().next().is_some() {
                return Some(Client::Desktop);
            }
            let mut seats = agent.seats.iter();
            seats
                .any(|place| place.client == Client::Web)
                .then_some(Client::Web)
        })
    }

    /// Whether a Desk of the agent is open in the browser, and whether the agent is at work there.
    #[must_use]
    pub fn is_on_duty_in_browser(&self, extension: &Extension) -> Option<bool> {
        self.with(|agents| {
            let agent = agents.by_extension.get(extension)?;
            let mut seats = agent.seats.iter();
            let is_open = seats.any(|place| place.client == Client::Web);
            is_open.then_some(agent.is_at_work())
        })
    }

    /// Whether the agent's calls are shown elsewhere than at a device of this kind: by a Desk in the
    /// browser, and before the companion by the extension.
    #[must_use]
    pub fn shows_before(&self, extension: &Extension, client: DeviceClient) -> bool {
        self.with(|agents| {
            let agent = agents.by_extension.get(extension);
            let mut seats = agent.into_iter().flat_map(|agent| &agent.seats);
            seats.any(|place| {
                let extension_first = client == DeviceClient::Companion;
                place.client == Client::Web || (extension_first && place.is(DeviceClient::Chrome))
            })
        })
    }

    /// Opens a page at the agent's Desks in the browser, one of which opens it, or at one client on
    /// the desktop; `false` when none is open or the agent is not on duty.
    pub(crate) fn pop(&self, extension: &Extension, client: Client, pop: PopOrder) -> bool {
        self.with(|agents| {
            let Some(agent) = agents.by_extension.get_mut(extension) else {
                return false;
            };
            match client {
                Client::Desktop => agent.pop_on_desktop(pop),
                Client::Web => {
                    agent.presence() == Presence::OnDuty && agent.tell_clients(client, &pop.into())
                }
            }
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
