//! What the CRMs have answered about the outside party of one call, and whose that party is for
//! each agent (A2, X3).
//!
//! All are asked at the same time. A CRM that comes first and has not answered is waited for, but
//! not for long once a later one knows the number: [`PRECEDENCE`].

mod agent;

pub(crate) use agent::{AgentsAnswers, Party};

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use linecard_crm::{Record, RecordRef};
use linecard_number::Extension;
use linecard_rules::journal::Asked;
use linecard_rules::matching::Answer;
use linecard_store::ConnectionId;

use crate::directory::Directory;
use crate::lookups::Records;

/// How long a CRM that comes first may keep the answer of a later one from counting.
pub(crate) const PRECEDENCE: Duration = Duration::from_secs(1);

/// What one CRM has answered.
#[derive(Debug, Clone)]
enum Heard {
    /// Nothing yet.
    Pending,
    /// Nothing yet, and a later one that knows the number is not kept waiting any longer.
    Late,
    /// It could not be asked.
    Failed,
    /// These records.
    Records(Records),
}

impl Heard {
    fn knows(&self) -> bool {
        matches!(self, Self::Records(records) if !records.is_empty())
    }
}

/// What the CRMs have answered about one call's outside party.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answers {
    /// In the order of precedence in which they were asked.
    heard: Vec<(ConnectionId, Heard)>,
    /// Whose records are the phonebook's: the CRM itself has not answered yet (F12).
    from_phonebook: HashSet<ConnectionId>,
    /// What agents chose instead of the best match.
    chosen: HashMap<Extension, (ConnectionId, Record)>,
}

impl Answers {
    /// Whether that CRM has been asked.
    pub(crate) fn asked(&self, connection: ConnectionId) -> bool {
        self.heard.iter().any(|(id, _)| *id == connection)
    }

    /// That CRM is being asked.
    pub(crate) fn pending(&mut self, connection: ConnectionId) {
        self.heard.push((connection, Heard::Pending));
    }

    /// That CRM's answer is remembered from before.
    pub(crate) fn remembered(&mut self, connection: ConnectionId, records: Records) {
        self.heard.push((connection, Heard::Records(records)));
    }

    /// The phonebook knows these, while that CRM is being asked. `false`: it has answered already.
    pub(crate) fn in_phonebook(&mut self, connection: ConnectionId, records: Records) -> bool {
        let of_it = self.heard.iter_mut().find(|(id, _)| *id == connection);
        let Some((_, heard @ (Heard::Pending | Heard::Late))) = of_it else {
            return false;
        };
        *heard = Heard::Records(records);
        self.from_phonebook.insert(connection)
    }

    /// The phonebooks' word counts: the CRMs have been waited for long enough. `false`: nothing
    /// changed.
    pub(crate) fn trust_phonebooks(&mut self) -> bool {
        let changed = !self.from_phonebook.is_empty();
        self.from_phonebook.clear();
        changed
    }

    /// Whether what is known of that CRM is not only what its phonebook says.
    pub(crate) fn is_certain(&self, connection: ConnectionId) -> bool {
        !self.from_phonebook.contains(&connection)
    }

    /// That CRM has answered; `None`: it could not be asked. What comes too late changes nothing
    /// any more for a call that a later CRM has got.
    pub(crate) fn answered(&mut self, connection: ConnectionId, records: Option<Records>) {
        let Some(place) = self.heard.iter().position(|(id, _)| *id == connection) else {
            return;
        };
        if self.from_phonebook.remove(&connection) && records.is_none() {
            return;
        }
        let overtaken = self.heard.iter().skip(place + 1).any(|(_, it)| it.knows());
        if let Some((_, heard)) = self.heard.get_mut(place) {
            *heard = match (&heard, records) {
                (Heard::Late, _) if overtaken => Heard::Failed,
                (_, Some(records)) => Heard::Records(records),
                (_, None) => Heard::Failed,
            };
        }
    }

    /// Who has not answered has kept later ones waiting long enough. `false`: nothing changed.
    pub(crate) fn hurry(&mut self) -> bool {
        let mut changed = false;
        for (_, heard) in &mut self.heard {
            if matches!(heard, Heard::Pending) {
                *heard = Heard::Late;
                changed = true;
            }
        }
        changed
    }

    /// All who are asked have been. Where somebody knows the number already, the others are waited
    /// for no more; `true`: they are to be hurried after [`PRECEDENCE`].
    pub(crate) fn begun(&mut self) -> bool {
        if self.known() {
            self.hurry();
            return false;
        }
        self.keeps_waiting()
    }

    /// Whether an answer that is there is kept waiting for one that comes first.
    fn keeps_waiting(&self) -> bool {
        let pending = self
            .heard
            .iter()
            .any(|(_, it)| matches!(it, Heard::Pending));
        pending && self.heard.len() > 1
    }

    /// Whether every CRM that was asked has answered, and none knows the number.
    pub(crate) fn nobody(&self) -> bool {
        let knows_nobody =
            |heard: &Heard| matches!(heard, Heard::Records(records) if records.is_empty());
        !self.heard.is_empty() && self.heard.iter().all(|(_, heard)| knows_nobody(heard))
    }

    /// Whether a CRM that has answered knows the number.
    fn known(&self) -> bool {
        self.heard.iter().any(|(_, heard)| heard.knows())
    }

    /// What these answers mean for the agent at `extension`.
    pub(crate) fn of<'a>(
        &'a self,
        extension: &Extension,
        directory: &'a Directory,
    ) -> AgentsAnswers<'a> {
        let bound: Vec<_> = directory
            .bound_in(extension)
            .map(|(connection, user)| (connection, user, self.heard_of(connection.id)))
            .collect();
        let mut asked = Vec::with_capacity(bound.len());
        for (place, (connection, user, heard)) in bound.iter().enumerate() {
            let later = bound.iter().skip(place + 1);
            let answer = match heard {
                Some(Heard::Records(records)) => Answer::Records(records),
                Some(Heard::Failed) => Answer::Failed,
                Some(Heard::Late) if later.filter_map(|it| it.2).any(Heard::knows) => {
                    Answer::Failed
                }
                Some(Heard::Late | Heard::Pending) | None => Answer::Pending,
            };
            asked.push(Asked {
                owner: user,
                answer,
                options: &connection.journal,
                terms: &connection.terms,
            });
        }
        let chosen = self.chosen.get(extension).and_then(|(id, record)| {
            let place = bound.iter().position(|(it, ..)| it.id == *id)?;
            Some((place, record))
        });
        AgentsAnswers {
            connections: bound.into_iter().map(|(it, ..)| it).collect(),
            asked,
            chosen,
        }
    }

    fn heard_of(&self, connection: ConnectionId) -> Option<&Heard> {
        self.heard
            .iter()
            .find(|(id, _)| *id == connection)
            .map(|(_, heard)| heard)
    }

    /// The agent at `extension` means that record. `false`: it is none of those with the number.
    pub(crate) fn choose(
        &mut self,
        extension: &Extension,
        connection: ConnectionId,
        at: &RecordRef,
    ) -> bool {
        let record = match self.heard_of(connection) {
            Some(Heard::Records(records)) => records.iter().find(|record| record.at == *at),
            _ => None,
        };
        let Some(record) = record.cloned() else {
            return false;
        };
        self.chosen.insert(extension.clone(), (connection, record));
        true
    }
}

#[cfg(test)]
mod tests {
    use linecard_crm::Module;

    use super::*;
    use crate::directory::tests::bound_in;

    fn connections() -> [ConnectionId; 2] {
        ["1", "2"].map(|last| {
            let id = format!("01900000-0000-7000-8000-00000000000{last}");
            id.parse().unwrap()
        })
    }

    fn record(id: &str) -> Record {
        Record {
            at: RecordRef {
                module: Module::Contact,
                id: id.to_owned(),
            },
            name: "Grace Hopper".to_owned(),
            company: None,
            owner: None,
            number: "+14155550134".to_owned(),
            account: None,
            modified: None,
            last_activity: None,
            page: "https://crm.example/1".parse().unwrap(),
        }
    }

    fn knows(id: &str) -> Records {
        [record(id)].into()
    }

    fn nobody() -> Records {
        Records::from([])
    }

    /// Who 101's party is, in a word.
    fn party(answers: &Answers) -> String {
        let directory = bound_in(&connections());
        let extension = "101".parse().unwrap();
        match answers.of(&extension, &directory).party() {
            Party::Known(_, record) => record.at.id.clone(),
            Party::Searching => "searching".to_owned(),
            Party::Nobody => "nobody".to_owned(),
            Party::Unavailable => "unavailable".to_owned(),
            Party::NotBound => "not bound".to_owned(),
        }
    }

    fn asked() -> ([ConnectionId; 2], Answers) {
        let mut answers = Answers::default();
        for connection in connections() {
            answers.pending(connection);
        }
        (connections(), answers)
    }

    #[test]
    fn a2_a_later_answer_counts_once_the_earlier_crm_has_answered_or_failed() {
        for earlier in [Some(nobody()), None] {
            let ([first, second], mut answers) = asked();
            answers.answered(second, Some(knows("later")));
            assert_eq!(party(&answers), "searching");
            answers.answered(first, earlier);
            assert_eq!(party(&answers), "later");
        }
    }

    #[test]
    fn a2_a_crm_that_hangs_delays_the_answer_of_another_no_longer_than_patience_lasts() {
        let ([_, second], mut answers) = asked();
        answers.answered(second, Some(knows("later")));
        assert!(answers.keeps_waiting());
        assert!(answers.hurry());
        assert_eq!(party(&answers), "later");
    }

    #[test]
    fn a2_what_comes_too_late_changes_nothing_for_a_call_that_another_crm_has_got() {
        let ([first, second], mut answers) = asked();
        answers.hurry();
        answers.answered(second, Some(knows("later")));
        assert_eq!(party(&answers), "later");
        answers.answered(first, Some(knows("first")));
        assert_eq!(party(&answers), "later");
    }

    #[test]
    fn a2_a_slow_crm_is_still_heard_when_no_other_knows_the_number() {
        let ([first, second], mut answers) = asked();
        answers.hurry();
        answers.answered(second, Some(nobody()));
        assert_eq!(party(&answers), "searching");
        answers.answered(first, Some(knows("first")));
        assert_eq!(party(&answers), "first");
    }

    #[test]
    fn nobody_is_certain_only_when_all_have_answered() {
        let ([first, second], mut answers) = asked();
        answers.answered(first, None);
        answers.answered(second, Some(nobody()));
        assert_eq!(party(&answers), "unavailable");
    }

    #[test]
    fn x3_what_the_agent_chose_stands_whatever_comes_first() {
        let ([first, second], mut answers) = asked();
        let extension = "101".parse().unwrap();
        answers.answered(second, Some(knows("later")));
        assert!(answers.choose(&extension, second, &record("later").at));
        assert!(!answers.choose(&extension, second, &record("elsewhere").at));
        answers.answered(first, Some(knows("first")));
        assert_eq!(party(&answers), "later");
    }
}
