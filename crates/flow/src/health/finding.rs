//! One thing that is not as it should be, as the Health page shows it and as an alert tells it.

use linecard_crm::Words;
use linecard_rules::alerts::{Kind, Trouble};

use super::HealthProblem;

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// What the Health page shows; `None`: it is no problem yet, or another one says why it is so.
    pub(crate) problem: Option<HealthProblem>,
    /// What people may be told of; `None`: it is for the page only. From when on it is told is
    /// the company's choice.
    pub(crate) alarm: Option<Alarm>,
}

/// What people may be told of, with what they want to read of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alarm {
    pub(crate) trouble: Trouble,
    /// The name of what is in trouble.
    pub(crate) name: String,
    /// The page of the Console where it is put right.
    pub(crate) page: String,
    /// What was said: the other side's words, and what Linecard knows about it.
    pub(crate) words: Option<Words>,
}

impl Alarm {
    /// What a problem is told as, if people are told at once: since when, how much and in which
    /// words as the page shows it.
    pub(super) fn of(
        problem: &HealthProblem,
        kind: Kind,
        subject: &impl ToString,
        page: &str,
    ) -> Self {
        Self {
            trouble: Trouble {
                kind,
                subject: subject.to_string(),
                since: problem.since,
                amount: None,
            },
            name: problem.subject.clone(),
            page: page.to_owned(),
            words: problem.said(),
        }
    }

    pub(super) fn amount(mut self, amount: u64) -> Self {
        self.trouble.amount = Some(amount);
        self
    }

    /// Without a beginning: it counts from the first look.
    pub(super) fn since_first_look(mut self) -> Self {
        self.trouble.since = None;
        self
    }
}
