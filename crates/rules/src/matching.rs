//! Which of several records with one number a call is with (X3), and whose CRM it is (A2).

use std::cmp::Reverse;

use jiff::Timestamp;
use linecard_crm::{Module, Record};
use serde::{Deserialize, Serialize};

/// How one CRM's records with the same number are put in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// The kinds of record, the preferred first; a kind that is not named comes after them.
    pub modules: Vec<Module>,
    /// What decides within one kind.
    pub then: Then,
}

/// What decides between records of one kind. What still is equal goes to the record whose owner
/// is the agent of the call, and then by the CRM's own order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// The one that somebody dealt with last; where the CRM does not tell, that changed last.
    #[default]
    LastActivity,
    /// The one that changed last.
    LastModified,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            modules: vec![Module::Contact, Module::Lead, Module::Account],
            then: Then::default(),
        }
    }
}

impl Policy {
    /// The records, best first. `agent` is the CRM's id of the user who is called or who calls.
    #[must_use]
    pub fn order<'a>(&self, records: &'a [Record], agent: Option<&str>) -> Vec<&'a Record> {
        let mut ordered: Vec<&Record> = records.iter().collect();
        ordered.sort_by_key(|record| self.rank(record, agent));
        ordered
    }

    /// What puts the best of these records before the next one.
    #[must_use]
    pub fn decided_by(&self, records: &[Record], agent: Option<&str>) -> DecidedBy {
        let ordered = self.order(records, agent);
        let [best, next, ..] = ordered.as_slice() else {
            return DecidedBy::OnlyOne;
        };
        let (best, next) = (self.rank(best, agent), self.rank(next, agent));
        if best.module != next.module {
            DecidedBy::Module
        } else if best.touched != next.touched {
            match self.then {
                Then::LastActivity => DecidedBy::LastActivity,
                Then::LastModified => DecidedBy::LastModified,
            }
        } else if best.strangers != next.strangers {
            DecidedBy::Owner
        } else {
            DecidedBy::CrmOrder
        }
    }

    fn rank(&self, record: &Record, agent: Option<&str>) -> Rank {
        let module = record.at.module;
        let place = self.modules.iter().position(|named| *named == module);
        Rank {
            module: (place.unwrap_or(self.modules.len()), module),
            touched: Reverse(match self.then {
                Then::LastActivity => record.last_activity.or(record.modified),
                Then::LastModified => record.modified,
            }),
            strangers: record.owner.is_none() || record.owner.as_deref() != agent,
        }
    }
}

/// The smaller, the better: what counts first stands first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    module: (usize, Module),
    touched: Reverse<Option<Timestamp>>,
    strangers: bool,
}

/// What put the best of several records of one CRM before the next one (X3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecidedBy {
    /// There is no other.
    OnlyOne,
    /// Its kind of record is preferred.
    Module,
    /// Somebody dealt with it later.
    LastActivity,
    /// It changed later.
    LastModified,
    /// It belongs to the agent of the call.
    Owner,
    /// Nothing but the CRM's own order.
    CrmOrder,
}

impl DecidedBy {
    /// The stable word under which it is shown in the reader's language.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::OnlyOne => "only_one",
            Self::Module => "module",
            Self::LastActivity => "last_activity",
            Self::LastModified => "last_modified",
            Self::Owner => "owner",
            Self::CrmOrder => "crm_order",
        }
    }
}

/// What one CRM answered about a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer<'a> {
    /// Nothing yet, and it may still be waited for.
    Pending,
    /// It could not be asked, or took too long.
    Failed,
    /// The records with that number; none: it knows nobody.
    Records(&'a [Record]),
}

/// Which of several CRMs, in their order of precedence, a number belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// To the one at this place: the first that knows it.
    Of(usize),
    /// One that comes first has not answered.
    Pending,
    /// None knows it so far, and at least one could not be asked.
    Unsettled,
    /// All have answered, and none knows it.
    Nobodys,
}

/// Decides whose a number is. The answer of a later one counts once every earlier one has answered
/// "nobody" or could not be asked.
pub fn whose<'a>(answers: impl IntoIterator<Item = Answer<'a>>) -> Whose {
    let mut failed = false;
    for (place, answer) in answers.into_iter().enumerate() {
        match answer {
            Answer::Pending => return Whose::Pending,
            Answer::Failed => failed = true,
            Answer::Records([]) => {}
            Answer::Records(_) => return Whose::Of(place),
        }
    }
    if failed {
        Whose::Unsettled
    } else {
        Whose::Nobodys
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::tests::record;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn of(module: Module, id: &str, activity: Option<i64>, modified: i64) -> Record {
        let mut record = record(id, "Grace Hopper");
        record.at.module = module;
        record.last_activity = activity.map(at);
        record.modified = Some(at(modified));
        record
    }

    fn ids(policy: &Policy, records: &[Record], agent: Option<&str>) -> String {
        let ordered = policy.order(records, agent);
        let ids: Vec<_> = ordered.iter().map(|it| it.at.id.as_str()).collect();
        ids.join(" ")
    }

    #[test]
    fn x3_the_preferred_kind_of_record_comes_first() {
        let records = [
            of(Module::Account, "account", Some(9), 9),
            of(Module::Lead, "lead", Some(8), 8),
            of(Module::Contact, "contact", Some(1), 1),
        ];
        let mut policy = Policy::default();
        assert_eq!(ids(&policy, &records, None), "contact lead account");
        assert_eq!(policy.decided_by(&records, None), DecidedBy::Module);
        assert_eq!(policy.decided_by(&records[..1], None), DecidedBy::OnlyOne);
        policy.modules = vec![Module::Lead, Module::Account];
        assert_eq!(ids(&policy, &records, None), "lead account contact");
    }

    #[test]
    fn x3_of_one_kind_the_one_dealt_with_last_comes_first_or_the_one_changed_last() {
        let records = [
            of(Module::Contact, "changed", Some(1), 9),
            of(Module::Contact, "dealt", Some(5), 2),
            of(Module::Contact, "untold", None, 3),
        ];
        let mut policy = Policy::default();
        assert_eq!(ids(&policy, &records, None), "dealt untold changed");
        assert_eq!(policy.decided_by(&records, None), DecidedBy::LastActivity);
        policy.then = Then::LastModified;
        assert_eq!(ids(&policy, &records, None), "changed untold dealt");
        assert_eq!(policy.decided_by(&records, None), DecidedBy::LastModified);
    }

    #[test]
    fn x3_a_tie_goes_to_the_record_of_the_called_user_and_then_as_the_crm_has_it() {
        let mut own = of(Module::Contact, "own", None, 1);
        own.owner = Some("005A".to_owned());
        let records = [
            of(Module::Contact, "first", None, 1),
            of(Module::Contact, "second", None, 1),
            own,
        ];
        let policy = Policy::default();
        assert_eq!(ids(&policy, &records, Some("005A")), "own first second");
        assert_eq!(ids(&policy, &records, None), "first second own");
        assert_eq!(policy.decided_by(&records, Some("005A")), DecidedBy::Owner);
        assert_eq!(policy.decided_by(&records, None), DecidedBy::CrmOrder);
    }

    #[test]
    fn a2_the_first_crm_in_precedence_that_knows_the_number_has_it() {
        use Answer::{Failed, Pending, Records};
        let known = [record("003A", "Grace Hopper")];
        let (known, nobody) = (Records(&known), Records(&[]));
        for (answers, expected) in [
            (vec![known, known], Whose::Of(0)),
            (vec![nobody, known], Whose::Of(1)),
            (vec![Failed, known], Whose::Of(1)),
            (vec![Pending, known], Whose::Pending),
            (vec![known, Pending], Whose::Of(0)),
            (vec![Failed, nobody], Whose::Unsettled),
            (vec![nobody, nobody], Whose::Nobodys),
            (vec![], Whose::Nobodys),
        ] {
            assert_eq!(whose(answers.iter().copied()), expected, "{answers:?}");
        }
    }
}
