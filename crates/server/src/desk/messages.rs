//! The messages on Desk's socket: JSON texts, told apart by `t`.
//!
//! `docs/api/desk-messages.json` holds one of each as a snapshot; the OpenAPI document has their
//! schema as `DeskDown` and `DeskUp`.

use linecard_flow::{CallRef, DeskEvent, DialStage, Hello, LinkSummary, failure_word};
use linecard_pbx::{CommandError, DialFailure};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

use super::card::Card;
use super::dialling::{DialProgressStage, Dialling};
use super::search::FoundContact;
use crate::api::{Abilities, CrmModule, LinkStateName, PopMode};
use crate::command;
use crate::sight::Sight;

/// What the server says.
#[derive(Serialize, ToSchema)]
#[serde(tag = "t", rename_all = "snake_case")]
pub(crate) enum DeskDown {
    /// The first message.
    Hello {
        /// The agent's extension.
        extension: String,
        /// The agent's name.
        name: String,
        /// Whether the agent is on duty.
        duty: bool,
        /// How the link to the phone system is.
        link: LinkStateName,
        /// What the phone system can be told to do.
        abilities: Abilities,
        /// The agent's calls now.
        cards: Vec<Card>,
        /// The calls asked for by a click whose own phone rings now.
        dialling: Vec<Dialling>,
        /// Whether the agent may create records for numbers that no CRM knows.
        creates: bool,
        /// The name of the agent's softphone in SIP, for the socket at `/sip`; `null` where there
        /// are desk phones only.
        #[schema(required, example = "101-web")]
        softphone: Option<String>,
    },
    /// A new or changed call.
    Card {
        /// The whole card.
        card: Box<Card>,
    },
    /// The agent's part in a call is over; its card stays until the agent is done with it.
    Gone {
        /// Which call.
        call: String,
    },
    /// The call was erased: it is not shown any more, and nothing more can be said of it.
    Erased {
        /// Which call.
        call: String,
    },
    /// Open this page now. The same pop may be sent again with the same id: open it once.
    Pop {
        /// Names the pop.
        id: String,
        /// Which call it belongs to.
        call: String,
        /// The record's page, on the CRM's own host.
        url: Url,
    },
    /// Who opens the contacts' pages here: said once after the first message, and when an admin
    /// chooses otherwise.
    PopMode {
        /// Who.
        mode: PopMode,
    },
    /// The agent went on or off duty, here or in another window.
    Duty {
        /// On or off.
        on: bool,
    },
    /// The link to the phone system changed.
    Link {
        /// How it is now.
        state: LinkStateName,
    },
    /// A call asked for by a click comes along.
    DialProgress {
        /// The call.
        #[serde(flatten)]
        dialling: Dialling,
        /// How far it has come.
        stage: DialProgressStage,
    },
    /// A call asked for by a click comes no further.
    DialFailed {
        /// The call.
        #[serde(flatten)]
        dialling: Dialling,
        /// Why; stable, for a text in the reader's language.
        code: &'static str,
        /// The same in English.
        detail: String,
        /// The phone system's own words, or the right that is missing.
        #[schema(required)]
        words: Option<String>,
    },
    /// Whom the phonebooks know, of those the agent may mean: the answer to a `search`.
    Found {
        /// The number of the search.
        search: u32,
        /// The best first.
        contacts: Vec<FoundContact>,
        /// The CRMs that are asked, too; each answers with `found_in_crm`.
        asking: Vec<String>,
    },
    /// Whom a CRM knows beyond that.
    FoundInCrm {
        /// The number of the search.
        search: u32,
        /// The CRM's name.
        crm: String,
        /// The best first.
        contacts: Vec<FoundContact>,
        /// Why it could not be asked; stable, for a text in the reader's language.
        #[schema(required)]
        failed: Option<&'static str>,
    },
    /// A note was kept, another record chosen, or a record created.
    Done {
        /// The `t` of what was asked for.
        to: &'static str,
        /// Which call it was about.
        call: String,
    },
    /// Something asked for was not done.
    Refused {
        /// The `t` of what was asked for.
        to: String,
        /// Which call it was about.
        #[schema(required)]
        call: Option<String>,
        /// Why; stable, for a text in the reader's language.
        code: &'static str,
        /// The same in English.
        detail: String,
    },
    /// Answers a ping.
    Pong,
}

/// What Desk may say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "t", rename_all = "snake_case")]
pub(crate) enum DeskUp {
    /// Go on or off duty: pages are opened only on duty.
    Duty {
        /// On or off.
        on: bool,
    },
    /// Answer the agent's ringing phone.
    Answer {
        /// Which call.
        #[schema(value_type = String)]
        call: CallRef,
    },
    /// End the agent's part in a call.
    HangUp {
        /// Which call.
        #[schema(value_type = String)]
        call: CallRef,
    },
    /// Another record is meant, while the call lives or just after (X3).
    Choose {
        /// Which call.
        #[schema(value_type = String)]
        call: CallRef,
        /// The connection whose record it is.
        connection: String,
        /// What kind of record.
        module: CrmModule,
        /// The CRM's id of it.
        id: String,
    },
    /// Create a record for the number, which no CRM knows, during the call or after it (G8).
    Create {
        /// Which call.
        #[schema(value_type = String)]
        call: CallRef,
    },
    /// What the agent writes about the call, during and after it (X1). What is left out stays, an
    /// empty text removes it.
    Note {
        /// Which call.
        #[schema(value_type = String)]
        call: CallRef,
        /// The note.
        #[serde(default)]
        note: Option<String>,
        /// What the agent chose as its result.
        #[serde(default)]
        disposition: Option<String>,
    },
    /// Look for whom to call. It ends the search before.
    Search {
        /// The answers have the same number.
        search: u32,
        /// What was typed so far: parts of names, a company, pinyin, digits.
        text: String,
    },
    /// How a pop went.
    Popped {
        /// The pop's id.
        id: String,
        /// How it went.
        how: PopHow,
    },
    /// Is anybody there?
    Ping,
}

/// How a pop went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PopHow {
    /// A tab was opened.
    Tab,
    /// The browser blocked it.
    Blocked,
}

impl DeskDown {
    pub(super) fn hello(
        extension: String,
        name: String,
        hello: &Hello,
        link: LinkSummary,
        abilities: linecard_pbx::Abilities,
        creates: bool,
        softphone: Option<String>,
    ) -> Self {
        Self::Hello {
            extension,
            name,
            duty: hello.duty,
            link: link.into(),
            abilities: abilities.into(),
            cards: hello.cards.iter().map(|card| (&**card).into()).collect(),
            dialling: hello.dialling.iter().map(|it| (&**it).into()).collect(),
            creates,
            softphone,
        }
    }

    /// The message as somebody with this sight may have it. Everything that is sent comes by here.
    pub(super) fn seen_with(mut self, sight: &Sight) -> Self {
        match &mut self {
            Self::Hello {
                cards, dialling, ..
            } => {
                for card in cards {
                    card.seen_with(sight);
                }
                for dialling in dialling {
                    dialling.seen_with(sight);
                }
            }
            Self::Card { card } => card.seen_with(sight),
            Self::DialProgress { dialling, .. } => dialling.seen_with(sight),
            Self::DialFailed {
                dialling,
                detail,
                words,
                ..
            } => {
                dialling.seen_with(sight);
                sight.text(detail);
                if let Some(words) = words {
                    sight.text(words);
                }
            }
            Self::Found { contacts, .. } | Self::FoundInCrm { contacts, .. } => {
                for contact in contacts {
                    contact.seen_with(sight);
                }
            }
            Self::Refused { detail, .. } => sight.text(detail),
            Self::Gone { .. }
            | Self::Erased { .. }
            | Self::Pop { .. }
            | Self::PopMode { .. }
            | Self::Duty { .. }
            | Self::Link { .. }
            | Self::Done { .. }
            | Self::Pong => {}
        }
        self
    }

    fn dialling(dialling: &linecard_flow::Dialling) -> Self {
        let progress = |stage| Self::DialProgress {
            dialling: dialling.into(),
            stage,
        };
        match &dialling.stage {
            DialStage::Ringing => progress(DialProgressStage::Ringing),
            DialStage::Answered => progress(DialProgressStage::Answered),
            DialStage::Failed(failure) => Self::DialFailed {
                dialling: dialling.into(),
                code: failure_word(failure),
                detail: failure.to_string(),
                words: match failure {
                    DialFailure::Refused(words) | DialFailure::MissingRight(words) => {
                        Some(words.clone())
                    }
                    _ => None,
                },
            },
        }
    }

    /// What was asked for about a call was done.
    pub(super) fn done(to: &'static str, call: &CallRef) -> Self {
        Self::Done {
            to,
            call: call.to_string(),
        }
    }

    /// What was asked for about a call was not done.
    pub(super) fn not_done(
        to: &str,
        call: &CallRef,
        code: &'static str,
        detail: impl std::fmt::Display,
    ) -> Self {
        Self::Refused {
            to: to.to_owned(),
            call: Some(call.to_string()),
            code,
            detail: detail.to_string(),
        }
    }

    pub(super) fn refused(to: &str, call: &CallRef, error: &CommandError) -> Self {
        Self::not_done(to, call, command::code(error), error)
    }
}

impl From<DeskEvent> for DeskDown {
    fn from(event: DeskEvent) -> Self {
        match event {
            DeskEvent::Card(card) => Self::Card {
                card: Box::new((&*card).into()),
            },
            DeskEvent::Gone(call) => Self::Gone {
                call: call.to_string(),
            },
            DeskEvent::Erased(call) => Self::Erased {
                call: call.to_string(),
            },
            DeskEvent::Pop { id, call, page } => Self::Pop {
                id,
                call: call.to_string(),
                url: page,
            },
            DeskEvent::PopMode(mode) => Self::PopMode { mode: mode.into() },
            DeskEvent::Duty(on) => Self::Duty { on },
            DeskEvent::Link(summary) => Self::Link {
                state: summary.into(),
            },
            DeskEvent::Dialling(dialling) => Self::dialling(&dialling),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use linecard_call::{Direction, LegRole};
    use linecard_crm::{Module, RecordRef};
    use linecard_flow::{Card, CardState, Choice, Contact, LookupState};
    use serde_json::{Value, json};

    use super::*;
    use crate::snapshot;

    fn call() -> CallRef {
        "01900000-0000-7000-8000-000000000001.ast22-1.1"
            .parse()
            .unwrap()
    }

    fn card() -> Arc<Card> {
        Arc::new(Card {
            call: call(),
            extension: "101".parse().unwrap(),
            direction: Direction::Inbound,
            state: CardState::Ringing,
            role: LegRole::Agent,
            outcome: None,
            call_outcome: None,
            number: Some("(415) 555-0134".to_owned()),
            name_from_phone: Some("EVE".to_owned()),
            queue: None,
            did: Some("4155550100".to_owned()),
            started: "2026-01-01T08:00:00Z".parse().unwrap(),
            answered: None,
            ended: None,
            lookup: LookupState::Found,
            crm: Some("Salesforce".to_owned()),
            contact: Some(Contact {
                name: "<img src=x onerror=alert(1)>".to_owned(),
                company: Some("Example Ltd".to_owned()),
                module: Module::Contact,
                page: "https://example.my.salesforce.com/003A".parse().unwrap(),
            }),
            others: 1,
            choices: vec![Choice {
                connection: "01900000-0000-7000-8000-000000000002".parse().unwrap(),
                crm: "Salesforce".to_owned(),
                at: RecordRef {
                    module: Module::Lead,
                    id: "00Q1".to_owned(),
                },
                contact: Contact {
                    name: "Eve Adams".to_owned(),
                    company: None,
                    module: Module::Lead,
                    page: "https://example.my.salesforce.com/00Q1".parse().unwrap(),
                },
                chosen: false,
            }],
            in_phonebooks: Vec::new(),
        })
    }

    fn dialling(stage: DialStage) -> Arc<linecard_flow::Dialling> {
        Arc::new(linecard_flow::Dialling {
            call: call(),
            number: "(415) 555-0134".to_owned(),
            outside: true,
            name: Some("Example Ltd".to_owned()),
            stage,
        })
    }

    fn found(phonebook: Option<&str>) -> linecard_flow::DialContact {
        linecard_flow::DialContact {
            id: "01900000-0000-7000-8000-000000000003".to_owned(),
            name: "Grace Hopper".to_owned(),
            company: Some("Example Ltd".to_owned()),
            phonebook: phonebook.map(str::to_owned),
            crm: Some("Salesforce".to_owned()),
            page: "https://example.my.salesforce.com/003A".parse().ok(),
            numbers: vec![linecard_flow::DialNumber {
                slot: phonebook.map(|_| linecard_book::Slot::Mobile),
                number: "(415) 555-0134".to_owned(),
            }],
            first: 0,
            recent: phonebook.is_some(),
            record: None,
        }
    }

    #[test]
    fn every_message_down_is_as_the_snapshot_says() {
        let hello = Hello {
            duty: true,
            cards: vec![card()],
            dialling: vec![dialling(DialStage::Ringing)],
        };
        let abilities = linecard_pbx::Abilities {
            answer: true,
            hang_up: true,
            dial: true,
            simulation: false,
        };
        let messages = [
            DeskDown::hello(
                "101".to_owned(),
                "Alice".to_owned(),
                &hello,
                LinkSummary::Up,
                abilities,
                true,
                Some("101-web".to_owned()),
            ),
            DeskEvent::Card(card()).into(),
            DeskEvent::Gone(call()).into(),
            DeskEvent::Erased(call()).into(),
            DeskEvent::Pop {
                id: "p1".to_owned(),
                call: call(),
                page: "https://example.my.salesforce.com/003A".parse().unwrap(),
            }
            .into(),
            DeskEvent::PopMode(linecard_rules::pop::Mode::Manual).into(),
            DeskEvent::Duty(false).into(),
            DeskEvent::Link(LinkSummary::NeedsPerson).into(),
            DeskEvent::Dialling(dialling(DialStage::Ringing)).into(),
            DeskEvent::Dialling(dialling(DialStage::Answered)).into(),
            DeskEvent::Dialling(dialling(DialStage::Failed(DialFailure::NotAnswered))).into(),
            DeskEvent::Dialling(dialling(DialStage::Failed(DialFailure::MissingRight(
                "write = originate".to_owned(),
            ))))
            .into(),
            DeskDown::Found {
                search: 7,
                contacts: vec![(&found(Some("Customers"))).into()],
                asking: vec!["Salesforce".to_owned()],
            },
            DeskDown::FoundInCrm {
                search: 7,
                crm: "Salesforce".to_owned(),
                contacts: vec![(&found(None)).into()],
                failed: None,
            },
            DeskDown::FoundInCrm {
                search: 7,
                crm: "HubSpot".to_owned(),
                contacts: Vec::new(),
                failed: Some("crm_too_slow"),
            },
            DeskDown::done("note", &call()),
            DeskDown::refused("answer", &call(), &CommandError::Gone),
            DeskDown::Pong,
        ];
        let down: Value = serde_json::to_value(messages).unwrap();
        snapshot::check("desk-messages.json", &json!({ "down": down, "up": up() }));
    }

    fn up() -> Value {
        json!([
            { "t": "duty", "on": true },
            { "t": "answer", "call": call() },
            { "t": "hang_up", "call": call() },
            {
                "t": "choose", "call": call(), "connection": "01900000-0000-7000-8000-000000000002",
                "module": "lead", "id": "00Q1",
            },
            { "t": "create", "call": call() },
            { "t": "note", "call": call(), "note": "Calls back", "disposition": "Interested" },
            { "t": "search", "search": 7, "text": "gra hop" },
            { "t": "popped", "id": "p1", "how": "tab" },
            { "t": "popped", "id": "p2", "how": "blocked" },
            { "t": "ping" },
        ])
    }

    #[test]
    fn every_message_up_of_the_snapshot_is_understood() {
        let read: Vec<DeskUp> = serde_json::from_value(up()).unwrap();
        assert_eq!(read.len(), 10);
    }
}
