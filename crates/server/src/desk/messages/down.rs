//! What the server says to Desk.

use linecard_flow::{
    CallRef, DeskEvent, DialStage, Hello, LinkSummary, UnknownReason, command_word, failure_word,
};
use linecard_pbx::{CommandError, DialFailure};
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use crate::api::{Abilities, LinkStateName, PopMode};
use crate::desk::card::Card;
use crate::desk::dialling::{DialProgressStage, Dialling};
use crate::desk::duty::Duty;
use crate::desk::search::FoundContact;
use crate::sight::Sight;
use crate::softphone::IceServer;

/// What the server says.
#[derive(Serialize, ToSchema)]
#[serde(tag = "t", rename_all = "snake_case")]
pub(crate) enum DeskDown {
    /// The first message; and another one when numbers are hidden from the agent from now on, or are
    /// not any more.
    Hello {
        /// The agent's extension.
        extension: String,
        /// The agent's name.
        name: String,
        /// What the agent is at.
        duty: Duty,
        /// The reasons for a break that the agent may choose.
        #[schema(example = json!(["Lunch", "Meeting", "Training"]))]
        breaks: Vec<String>,
        /// Why the phone system's queues do not know it; `null`: they do.
        #[schema(required)]
        queues_failed: Option<QueuesFailed>,
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
        /// Numbers of outside parties are hidden from the agent.
        masked: bool,
    },
    /// The servers by which the softphone finds its way out of a network that does not let its sound
    /// through. Said after the first message, where there are any, and again before the passes end.
    IceServers {
        /// In no order.
        servers: Vec<IceServer>,
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
    /// The agent is at something else, by a word here or in another window, or because the time of a
    /// wrap-up is over.
    Duty {
        /// What.
        #[serde(flatten)]
        duty: Duty,
    },
    /// An admin chose other reasons for a break.
    Breaks {
        /// Those that the agent may choose now.
        reasons: Vec<String>,
    },
    /// The phone system's queues were told what the agent is at, or were not.
    Queues {
        /// Why not; `null`: they know.
        #[schema(required)]
        failed: Option<QueuesFailed>,
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
    /// A note was kept, another record chosen, a record created, or a call passed on.
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

/// Why the queues were not told.
#[derive(Serialize, ToSchema)]
pub(crate) struct QueuesFailed {
    /// Stable, for a text in the reader's language.
    #[schema(example = "phone_system_refused")]
    code: &'static str,
    /// The same in English, with the phone system's own words.
    detail: String,
}

impl From<&CommandError> for QueuesFailed {
    fn from(error: &CommandError) -> Self {
        Self {
            code: command_word(error),
            detail: error.to_string(),
        }
    }
}

impl DeskDown {
    pub(in crate::desk) fn hello(
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
            duty: hello.duty.clone().into(),
            breaks: hello.breaks.clone(),
            queues_failed: hello.queues.as_ref().map(QueuesFailed::from),
            link: link.into(),
            abilities: abilities.into(),
            cards: hello.cards.iter().map(|card| (&**card).into()).collect(),
            dialling: hello.dialling.iter().map(|it| (&**it).into()).collect(),
            creates,
            softphone,
            // Who sees it decides: `seen_with`.
            masked: false,
        }
    }

    /// The message as somebody with this sight may have it. Everything that is sent comes by here.
    pub(in crate::desk) fn seen_with(mut self, sight: &Sight) -> Self {
        match &mut self {
            Self::Hello {
                cards,
                dialling,
                masked,
                ..
            } => {
                *masked = sight.is_masked();
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
            Self::IceServers { .. }
            | Self::Gone { .. }
            | Self::Erased { .. }
            | Self::Pop { .. }
            | Self::PopMode { .. }
            | Self::Duty { .. }
            | Self::Breaks { .. }
            | Self::Queues { .. }
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
    pub(in crate::desk) fn done(to: &'static str, call: &CallRef) -> Self {
        Self::Done {
            to,
            call: call.to_string(),
        }
    }

    /// What was asked for about a call was not done.
    pub(in crate::desk) fn not_done(
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

    /// The agent is not at what was asked for.
    pub(in crate::desk) fn duty_refused(why: &UnknownReason) -> Self {
        Self::Refused {
            to: "duty".to_owned(),
            call: None,
            code: "unknown_break_reason",
            detail: why.to_string(),
        }
    }

    pub(in crate::desk) fn refused(to: &str, call: &CallRef, error: &CommandError) -> Self {
        Self::not_done(to, call, command_word(error), error)
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
            DeskEvent::Pop { id, call, page, .. } => Self::Pop {
                id,
                call: call.to_string(),
                url: page,
            },
            DeskEvent::PopMode(mode) => Self::PopMode { mode: mode.into() },
            DeskEvent::Duty(duty) => Self::Duty { duty: duty.into() },
            DeskEvent::Breaks(reasons) => Self::Breaks { reasons },
            DeskEvent::Queues(failed) => Self::Queues {
                failed: failed.as_ref().map(QueuesFailed::from),
            },
            DeskEvent::Link(summary) => Self::Link {
                state: summary.into(),
            },
            DeskEvent::Dialling(dialling) => Self::dialling(&dialling),
        }
    }
}
