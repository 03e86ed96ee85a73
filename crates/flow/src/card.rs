//! What an agent sees of a call.

use jiff::Timestamp;
use linecard_call::{Call, CallState, Direction, Leg, LegOutcome, LegRole, LegState, Outcome};
use linecard_crm::{Module, Record, RecordRef};
use linecard_number::{Extension, Plan};
use linecard_store::{ConnectionId, ContactId};
use serde::Serialize;
use url::Url;

use crate::CallRef;

/// One call as one agent sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Which call.
    pub call: CallRef,
    /// Whose card.
    pub extension: Extension,
    /// Who called whom.
    pub direction: Direction,
    /// How far this agent's part has come.
    pub state: CardState,
    /// Which side this agent is on.
    pub role: LegRole,
    /// What became of this agent's part, when that is certain.
    pub outcome: Option<LegOutcome>,
    /// What became of the whole call: for the one who placed it, why nobody was reached.
    pub call_outcome: Option<Outcome>,
    /// The outside party's number as people write it, or an extension; `None` when withheld.
    pub number: Option<String>,
    /// The name that came over the phone line. Anybody can put anything there.
    pub name_from_phone: Option<String>,
    /// The queue the call came through.
    pub queue: Option<String>,
    /// The company's number that was called.
    pub did: Option<String>,
    /// When this agent's phone first rang or dialled.
    pub started: Timestamp,
    /// When the two sides were connected.
    pub answered: Option<Timestamp>,
    /// When it was over for this agent.
    pub ended: Option<Timestamp>,
    /// How far the search for the outside party has come.
    pub lookup: LookupState,
    /// The name of the CRM that was asked.
    pub crm: Option<String>,
    /// Who it is.
    pub contact: Option<Contact>,
    /// How many other records have the same number.
    pub others: usize,
    /// The records with the number, when there are several: the agent may choose another one (X3).
    /// Those of the CRM that comes first come first, and no more than [`MOST_CHOICES`].
    pub choices: Vec<Choice>,
    /// Who has the number in phonebooks that no CRM fills, where no record is known: the first
    /// names the caller. No more than [`MOST_CHOICES`].
    pub in_phonebooks: Vec<PhonebookContact>,
}

/// Somebody in a phonebook that no CRM fills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhonebookContact {
    /// Names the contact.
    pub id: ContactId,
    /// The name. Anybody may have typed anything there.
    pub name: String,
    /// The company.
    pub company: Option<String>,
    /// The name of the phonebook.
    pub phonebook: String,
}

/// How many records a card offers at most.
pub const MOST_CHOICES: usize = 10;

/// A record that the call may be with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The connection whose record it is.
    pub connection: ConnectionId,
    /// The name of that CRM.
    pub crm: String,
    /// Which record.
    pub at: RecordRef,
    /// Who it is.
    pub contact: Contact,
    /// Whether it is the one that counts now.
    pub chosen: bool,
}

/// How far one agent's part of a call has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CardState {
    /// The other side is being called.
    Waiting,
    /// The agent's phone rings.
    Ringing,
    /// Connected.
    Talking,
    /// The agent holds the other party.
    Holding,
    /// Over for this agent.
    Ended,
}

/// How far the search for the outside party has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LookupState {
    /// Nobody is asked: no CRM is connected, the extension is not bound, the number is withheld.
    Off,
    /// The CRM has been asked and has not answered.
    Searching,
    /// It knows the number.
    Found,
    /// It knows the number, of a record that this agent is not shown (B9).
    Hidden,
    /// It does not know the number.
    Nobody,
    /// It could not be asked.
    Unavailable,
}

/// The person or company found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// The name in the CRM. Anybody may have typed anything there.
    pub name: String,
    /// The company.
    pub company: Option<String>,
    /// What kind of record.
    pub module: Module,
    /// The record's page on the CRM's own host.
    pub page: Url,
}

/// A record as far as an agent sees it (B9).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) record: &'a Record,
    /// More than its name.
    pub(crate) whole: bool,
}

impl Contact {
    fn of(seen: Seen<'_>) -> Self {
        let record = seen.record;
        Self {
            name: record.name.clone(),
            company: record.company.clone().filter(|_| seen.whole),
            module: record.at.module,
            page: record.page.clone(),
        }
    }
}

/// What is known about the outside party.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found<'a> {
    pub(crate) state: Option<LookupState>,
    pub(crate) crm: Option<&'a str>,
    /// Who it is.
    pub(crate) who: Option<Seen<'a>>,
    /// Every record with the number: the connection, its CRM's name, the record.
    pub(crate) matches: Vec<(ConnectionId, &'a str, Seen<'a>)>,
    /// Who has it in phonebooks that no CRM fills.
    pub(crate) named: &'a [PhonebookContact],
}

impl Found<'_> {
    /// What there is to choose from; nothing where there is but one.
    fn choices(&self) -> Vec<Choice> {
        if self.matches.len() < 2 {
            return Vec::new();
        }
        self.matches
            .iter()
            .take(MOST_CHOICES)
            .map(|(connection, crm, seen)| Choice {
                connection: *connection,
                crm: (*crm).to_owned(),
                at: seen.record.at.clone(),
                contact: Contact::of(*seen),
                chosen: self.who.is_some_and(|who| who.record.at == seen.record.at),
            })
            .collect()
    }

    /// Who names the caller instead of a record: those come behind it.
    fn in_phonebooks(&self) -> Vec<PhonebookContact> {
        match self.who {
            Some(_) => Vec::new(),
            None => self.named.iter().take(MOST_CHOICES).cloned().collect(),
        }
    }
}

/// Makes the card of `leg` in `call`.
pub(crate) fn card(call: &Call, at: &CallRef, leg: &Leg, found: &Found<'_>, plan: &Plan) -> Card {
    let state = state(call, leg);
    Card {
        call: at.clone(),
        extension: leg.extension.clone(),
        direction: call.direction,
        state,
        role: leg.role,
        outcome: leg.outcome,
        call_outcome: call.outcome,
        number: other_side(call, leg).and_then(|number| call.shown(number, plan)),
        name_from_phone: match call.direction {
            Direction::Inbound | Direction::Internal if leg.role == LegRole::Agent => {
                call.from_name.clone()
            }
            _ => None,
        },
        queue: call.queue.clone(),
        did: call.did.clone(),
        started: leg.started,
        answered: call.answered.filter(|_| leg.talk_ms > 0 || talks(leg)),
        ended: match state {
            CardState::Ended => call.ended,
            _ => None,
        },
        lookup: found.state.unwrap_or(LookupState::Off),
        crm: found.crm.map(str::to_owned),
        contact: found.who.map(Contact::of),
        others: found.matches.len().saturating_sub(1),
        choices: found.choices(),
        in_phonebooks: found.in_phonebooks(),
    }
}

fn talks(leg: &Leg) -> bool {
    matches!(leg.state, LegState::Talking | LegState::Holding)
}

fn state(call: &Call, leg: &Leg) -> CardState {
    match leg.state {
        _ if call.state == CallState::Ended => CardState::Ended,
        LegState::Ringing if leg.role == LegRole::Caller => CardState::Waiting,
        LegState::Ringing => CardState::Ringing,
        LegState::Talking => CardState::Talking,
        LegState::Holding => CardState::Holding,
        LegState::Gone => CardState::Ended,
    }
}

fn other_side<'a>(call: &'a Call, leg: &Leg) -> Option<&'a str> {
    match (call.direction, leg.role) {
        (Direction::Internal, LegRole::Caller) => call.to.as_deref(),
        (Direction::Internal, LegRole::Agent) => call.from.as_deref(),
        _ => call.outside(),
    }
}
