//! What is written into the CRM when a call has ended (E1, E4, E5, E7, E8, E9, E10).

#[cfg(test)]
mod e7;
mod parts;
mod texts;

pub use parts::{Part, Status, every_part, parts};
pub use texts::{Settings, Texts, missed_values, texts};

use linecard_crm::Record;
use serde::{Deserialize, Serialize};

use crate::lookup::{Lookup, NotAsked};

/// What an admin may choose about the journal of one CRM. The default is the manuals'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// E7: of a queue or ring-group call only the answering agent gets an entry, and when nobody
    /// answered one agent does. Off: each rung agent who did not answer gets one missed entry.
    pub answering_agent_only: bool,
}

/// What becomes of one agent's part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision<'a> {
    /// Write it: this record, owned by this CRM user.
    Write {
        /// The person or account the call was with.
        who: &'a Record,
        /// The CRM's id of the user who owns the entry.
        owner: &'a str,
    },
    /// Ask the CRM first who the outside party is; it was not known when the call ended.
    AskFirst {
        /// The CRM's id of the user who owns the entry.
        owner: &'a str,
    },
    /// Write nothing and tell why.
    Skip(NotLogged),
}

/// Why a part is not written. It is listed with the call, and can be written later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotLogged {
    /// The agent's extension is not bound to a user of the CRM (B8).
    NotBound,
    /// The CRM holds nobody with this number.
    Nobody,
    /// The caller withheld the number.
    Withheld,
    /// What came as a number cannot be one.
    Unreadable,
    /// Calls between extensions are not written.
    Internal,
}

impl NotLogged {
    /// The stable word under which the reason is stored and shown in the reader's language.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotBound => "not_bound",
            Self::Nobody => "nobody",
            Self::Withheld => "withheld",
            Self::Unreadable => "unreadable",
            Self::Internal => "internal",
        }
    }
}

/// Decides about one agent's part. `found` is what the CRM answered about the outside party,
/// best match first; `None` when it has not answered. `owner` is the CRM user to whom the
/// agent's extension is bound.
#[must_use]
pub fn decide<'a>(
    lookup: &Lookup,
    found: Option<&'a [Record]>,
    owner: Option<&'a str>,
) -> Decision<'a> {
    match (lookup, owner) {
        (Lookup::Skip(NotAsked::Internal), _) => Decision::Skip(NotLogged::Internal),
        (Lookup::Skip(NotAsked::Withheld), _) => Decision::Skip(NotLogged::Withheld),
        (Lookup::Skip(NotAsked::Unreadable), _) => Decision::Skip(NotLogged::Unreadable),
        (Lookup::Skip(NotAsked::NotBound), _) | (_, None) => Decision::Skip(NotLogged::NotBound),
        (Lookup::Ask(_), Some(owner)) => match found {
            None => Decision::AskFirst { owner },
            Some(found) => found
                .first()
                .map_or(Decision::Skip(NotLogged::Nobody), |who| Decision::Write {
                    who,
                    owner,
                }),
        },
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use jiff::Timestamp;
    use linecard_call::{
        Call, CallId, CallState, Direction, Leg, LegOutcome, LegRole, LegState, Outcome,
    };
    use linecard_crm::{Module, RecordRef};
    use linecard_number::{ExtensionRange, Plan};

    use super::*;

    pub(crate) fn plan() -> Plan {
        Plan {
            country: "US".parse().unwrap(),
            extensions: vec![ExtensionRange {
                from: "100".parse().unwrap(),
                to: "199".parse().unwrap(),
            }],
        }
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

    fn asked() -> Lookup {
        crate::lookup::decide(&call(), &plan(), |_| true)
    }

    #[test]
    fn e8_a_call_of_a_bound_extension_with_a_contact_is_written() {
        let found = [record("003A", "Grace Hopper")];
        assert_eq!(
            decide(&asked(), Some(&found), Some("005A")),
            Decision::Write {
                who: &found[0],
                owner: "005A"
            }
        );
    }

    #[test]
    fn a_call_that_ended_before_the_crm_answered_is_asked_about_first() {
        assert_eq!(
            decide(&asked(), None, Some("005A")),
            Decision::AskFirst { owner: "005A" }
        );
    }

    #[test]
    fn b8_an_unbound_agents_call_is_listed_and_not_written() {
        let found = [record("003A", "Grace Hopper")];
        assert_eq!(
            decide(&asked(), Some(&found), None),
            Decision::Skip(NotLogged::NotBound)
        );
    }

    #[test]
    fn a_caller_nobody_knows_is_listed_and_not_written() {
        assert_eq!(
            decide(&asked(), Some(&[]), Some("005A")),
            Decision::Skip(NotLogged::Nobody)
        );
    }

    #[test]
    fn a_withheld_caller_is_listed_and_not_written() {
        assert_eq!(
            decide(&Lookup::Skip(NotAsked::Withheld), None, Some("005A")),
            Decision::Skip(NotLogged::Withheld)
        );
    }
}
