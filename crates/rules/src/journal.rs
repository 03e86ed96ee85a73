//! What is written into the CRM when a call has ended (E1, E3, E4, E5, E7, E8, E9, E10, X11, X16).

mod decide;
#[cfg(test)]
mod e7;
mod parts;
mod texts;

pub use decide::{Asked, Case, Decision, NotLogged, Target, decide};
pub use parts::{Part, Status, every_part, key, parts};
pub use texts::{Settings, Texts, missed_values, texts};

use serde::{Deserialize, Serialize};

use crate::exclude::{CallTypes, LogWhen};
use crate::template::{DEFAULT_DESCRIPTION, DEFAULT_SUBJECT};

/// What an admin may choose about the journal of one CRM. The default is the manuals'.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// E3: whether calls are written at all.
    pub on: bool,
    /// E7: of a queue or ring-group call only the answering agent gets an entry, and when nobody
    /// answered one agent does. Off: each rung agent who did not answer gets one missed entry.
    pub answering_agent_only: bool,
    /// E4: the subject, a text that [`crate::template::Template::parse`] takes.
    pub subject: String,
    /// E5: the description, likewise.
    pub description: String,
    /// X11: which kinds of call are written.
    pub types: CallTypes,
    /// X11: at which times.
    pub when: LogWhen,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            on: true,
            answering_agent_only: false,
            subject: DEFAULT_SUBJECT.to_owned(),
            description: DEFAULT_DESCRIPTION.to_owned(),
            types: CallTypes::default(),
            when: LogWhen::Always,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;
    use linecard_call::{
        Call, CallId, CallState, Direction, Leg, LegOutcome, LegRole, LegState, Outcome,
    };
    use linecard_crm::{Module, Record, RecordRef};
    use linecard_number::{ExtensionRange, Plan};

    use crate::exclude::{Excluded, Exclusions};

    pub(crate) fn plan() -> Plan {
        Plan::with_extensions(
            "US".parse().unwrap(),
            vec![ExtensionRange {
                from: "100".parse().unwrap(),
                to: "199".parse().unwrap(),
            }],
        )
    }

    /// Nothing is.
    pub(crate) fn excluded() -> Excluded {
        Excluded::new(&Exclusions::default(), &plan(), TimeZone::UTC)
    }

    pub(crate) fn started() -> Timestamp {
        "2021-12-20T20:58:14Z".parse().unwrap()
    }

    pub(crate) fn leg(extension: &str, outcome: LegOutcome, talk_ms: u64) -> Leg {
        Leg {
            extension: extension.parse().unwrap(),
            role: LegRole::Agent,
            state: LegState::Gone,
            outcome: Some(outcome),
            started: started(),
            answered: None,
            talked_until: None,
            ring_ms: 1_000,
            talk_ms,
            hold_ms: 0,
            holds: vec![],
            picked_up: false,
            forwarded: false,
        }
    }

    /// An answered call from outside to 101.
    pub(crate) fn call() -> Call {
        Call {
            id: CallId::new("1640033894.1"),
            direction: Direction::Inbound,
            state: CallState::Ended,
            outcome: Some(Outcome::Answered),
            from: Some("4155550134".to_owned()),
            from_name: None,
            to: Some("101".to_owned()),
            did: Some("5551000".to_owned()),
            trunk: None,
            dialled: None,
            queue: None,
            tags: Vec::new(),
            started: started(),
            answered: Some(started()),
            ended: Some(started()),
            wait_ms: 1_000,
            talk_ms: 72_000,
            hold_ms: 0,
            estimated: false,
            legs: vec![leg("101", LegOutcome::Answered, 72_000)],
        }
    }

    pub(crate) fn record(id: &str, name: &str) -> Record {
        Record {
            at: RecordRef {
                module: Module::Contact,
                id: id.to_owned(),
            },
            name: name.to_owned(),
            company: None,
            owner: None,
            number: "4155550134".to_owned(),
            account: None,
            modified: None,
            last_activity: None,
            page: "https://crm.example/003A".parse().unwrap(),
        }
    }
}
