//! A card as it goes over the socket.

use jiff::Timestamp;
use linecard_flow as flow;
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use crate::api::CrmModule;
use crate::call_terms::{CallOutcome, Direction, LegOutcome, LegRole};
use crate::sight::Sight;

/// One call as one agent sees it. Its texts come from the phone line and from the CRM: data,
/// never markup.
#[derive(Serialize, ToSchema)]
pub(crate) struct Card {
    /// Which call.
    call: String,
    /// Who called whom.
    direction: Direction,
    /// How far this agent's part has come.
    state: CardState,
    /// Which side this agent is on.
    role: LegRole,
    /// What became of this agent's part, when that is certain.
    #[schema(required)]
    outcome: Option<LegOutcome>,
    /// What became of the whole call: for the one who placed it, why nobody was reached.
    #[schema(required)]
    call_outcome: Option<CallOutcome>,
    /// The outside party's number as people write it; `null`: withheld.
    #[schema(required, example = "(415) 555-0134")]
    number: Option<String>,
    /// What is sent to call the number back where it is hidden from the agent.
    #[schema(required)]
    handle: Option<String>,
    /// The name that came over the phone line.
    #[schema(required)]
    name_from_phone: Option<String>,
    /// The queue the call came through.
    #[schema(required)]
    queue: Option<String>,
    /// The company's number that was called.
    #[schema(required)]
    did: Option<String>,
    /// When this agent's phone first rang or dialled.
    started: Timestamp,
    /// When the two sides were connected.
    #[schema(required)]
    answered: Option<Timestamp>,
    /// When it was over for this agent.
    #[schema(required)]
    ended: Option<Timestamp>,
    /// How far the search for the outside party has come.
    lookup: LookupState,
    /// The CRM that was asked.
    #[schema(required, example = "Salesforce")]
    crm: Option<String>,
    /// Who it is.
    #[schema(required)]
    contact: Option<Contact>,
    /// How many other records have the same number.
    others: usize,
    /// The records with the number, when there are several: the agent may choose another one.
    choices: Vec<Choice>,
    /// Who has the number in phonebooks that no CRM fills, where no record is known; the first
    /// names the caller.
    in_phonebooks: Vec<PhonebookContact>,
}

/// Somebody in a phonebook that no CRM fills.
#[derive(Serialize, ToSchema)]
struct PhonebookContact {
    /// The name.
    name: String,
    /// The company.
    #[schema(required)]
    company: Option<String>,
    /// The name of the phonebook.
    #[schema(example = "Suppliers")]
    phonebook: String,
}

/// A record that the call may be with.
#[derive(Serialize, ToSchema)]
struct Choice {
    /// The connection whose record it is.
    connection: String,
    /// The name of that CRM.
    #[schema(example = "Salesforce")]
    crm: String,
    /// The CRM's id of the record.
    id: String,
    /// Who it is.
    contact: Contact,
    /// Whether it is the one that counts now.
    chosen: bool,
}

/// How far an agent's part of a call has come.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CardState {
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
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum LookupState {
    /// Nobody is asked.
    Off,
    /// The CRM has not answered yet.
    Searching,
    /// It knows the number.
    Found,
    /// It knows the number, of a record that this agent is not shown.
    Hidden,
    /// It does not know the number.
    Nobody,
    /// It could not be asked.
    Unavailable,
}

/// The person or company found.
#[derive(Serialize, ToSchema)]
struct Contact {
    /// The name in the CRM.
    name: String,
    /// The company.
    #[schema(required)]
    company: Option<String>,
    /// What kind of record.
    module: CrmModule,
    /// The record's page, on the CRM's own host.
    page: Url,
}

impl From<&flow::Card> for Card {
    fn from(card: &flow::Card) -> Self {
        Self {
            call: card.call.to_string(),
            direction: card.direction.into(),
            state: match card.state {
                flow::CardState::Waiting => CardState::Waiting,
                flow::CardState::Ringing => CardState::Ringing,
                flow::CardState::Talking => CardState::Talking,
                flow::CardState::Holding => CardState::Holding,
                flow::CardState::Ended => CardState::Ended,
            },
            role: card.role.into(),
            outcome: card.outcome.map(LegOutcome::from),
            call_outcome: card.call_outcome.map(CallOutcome::from),
            number: card.number.clone(),
            handle: None,
            name_from_phone: card.name_from_phone.clone(),
            queue: card.queue.clone(),
            did: card.did.clone(),
            started: card.started,
            answered: card.answered,
            ended: card.ended,
            lookup: match card.lookup {
                flow::LookupState::Off => LookupState::Off,
                flow::LookupState::Searching => LookupState::Searching,
                flow::LookupState::Found => LookupState::Found,
                flow::LookupState::Hidden => LookupState::Hidden,
                flow::LookupState::Nobody => LookupState::Nobody,
                flow::LookupState::Unavailable => LookupState::Unavailable,
            },
            crm: card.crm.clone(),
            contact: card.contact.as_ref().map(Contact::from),
            others: card.others,
            choices: card.choices.iter().map(Choice::from).collect(),
            in_phonebooks: card
                .in_phonebooks
                .iter()
                .map(PhonebookContact::from)
                .collect(),
        }
    }
}

impl Card {
    /// Hides what somebody with this sight may not know.
    pub(super) fn seen_with(&mut self, sight: &Sight) {
        if !matches!(self.direction, Direction::Internal)
            && let Some(number) = &self.number
        {
            let seen = sight.number(number);
            (self.number, self.handle) = (Some(seen.shown), seen.handle);
        }
        self.name_from_phone
            .iter_mut()
            .for_each(|it| sight.text(it));
        self.contact.iter_mut().for_each(|it| it.seen_with(sight));
        for choice in &mut self.choices {
            choice.contact.seen_with(sight);
        }
        for contact in &mut self.in_phonebooks {
            sight.text(&mut contact.name);
            contact.company.iter_mut().for_each(|it| sight.text(it));
        }
    }
}

impl Contact {
    /// The name may be made of the number: `Automatic New Contact -5503301` (G5).
    fn seen_with(&mut self, sight: &Sight) {
        sight.text(&mut self.name);
        self.company.iter_mut().for_each(|it| sight.text(it));
    }
}

impl From<&flow::Contact> for Contact {
    fn from(contact: &flow::Contact) -> Self {
        Self {
            name: contact.name.clone(),
            company: contact.company.clone(),
            module: contact.module.into(),
            page: contact.page.clone(),
        }
    }
}

impl From<&flow::PhonebookContact> for PhonebookContact {
    fn from(contact: &flow::PhonebookContact) -> Self {
        Self {
            name: contact.name.clone(),
            company: contact.company.clone(),
            phonebook: contact.phonebook.clone(),
        }
    }
}

impl From<&flow::Choice> for Choice {
    fn from(choice: &flow::Choice) -> Self {
        Self {
            connection: choice.connection.to_string(),
            crm: choice.crm.clone(),
            id: choice.at.id.clone(),
            contact: (&choice.contact).into(),
            chosen: choice.chosen,
        }
    }
}
