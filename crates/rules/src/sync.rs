//! Which records of a CRM stand in a phonebook, and when one looks again (F1 to F3, F5, F6,
//! F10 to F13, F19).

mod entry;
mod schedule;

pub use entry::{Entry, Number, Skipped, entry};
pub use schedule::{DELETIONS_EVERY, EDITS_EVERY, Way, due, way};

use linecard_crm::{Module, Person};
use linecard_number::Plan;
use serde::{Deserialize, Serialize};

/// The choices for one connection. By default nothing is kept in a phonebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Whether the CRM's contacts are kept in a phonebook (F1).
    pub on: bool,
    /// Which of them (F19).
    pub scope: Scope,
    /// The modules whose records are kept (F5, F6).
    pub modules: Vec<Module>,
    /// Whether the CRM is asked about every call, though the phonebook knows the number (F12).
    pub always_query: bool,
}

/// Which records are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Those who called or were called.
    Called,
    /// All.
    All,
}

/// Why a record does not come into the phonebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotKept {
    /// The CRM's contacts are not kept (F20).
    Off,
    /// Records of this module are not (F6).
    Module,
    /// This record cannot be (F11).
    Skipped(Skipped),
}

impl NotKept {
    /// The stable word under which the reason is shown in the reader's language.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Off => "sync_off",
            Self::Module => "module_not_kept",
            Self::Skipped(why) => why.code(),
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            on: false,
            scope: Scope::Called,
            modules: vec![Module::Contact, Module::Lead, Module::Account],
            always_query: false,
        }
    }
}

impl Options {
    /// Whether records of `module` are kept.
    #[must_use]
    pub fn keeps(&self, module: Module) -> bool {
        self.on && self.modules.contains(&module)
    }

    /// How this record of the CRM, with whom a call was, stands in the phonebook; or why it does
    /// not.
    pub fn take(&self, person: &Person, plan: &Plan) -> Result<Entry, NotKept> {
        if !self.on {
            return Err(NotKept::Off);
        }
        if !self.keeps(person.record.at.module) {
            return Err(NotKept::Module);
        }
        entry(person, plan).map_err(NotKept::Skipped)
    }

    /// Whether the CRM is asked about a number that `known` records of the phonebook have. Without
    /// a phonebook it always is (F20).
    #[must_use]
    pub fn asks(&self, known: usize) -> bool {
        !self.on || self.always_query || known == 0
    }
}

#[cfg(test)]
mod tests {
    use linecard_crm::{LabelledNumber, NumberLabel};

    use super::*;
    use crate::journal::tests::{plan, record};

    #[test]
    fn f13_the_crm_is_asked_only_about_numbers_the_phonebook_does_not_know() {
        let options = Options {
            on: true,
            ..Options::default()
        };
        assert!(options.asks(0));
        assert!(!options.asks(1));
    }

    #[test]
    fn f12_f20_the_crm_is_always_asked_where_that_is_chosen_or_nothing_is_kept() {
        let always = Options {
            on: true,
            always_query: true,
            ..Options::default()
        };
        assert!(always.asks(1));
        assert!(Options::default().asks(1));
    }

    #[test]
    fn f6_only_the_chosen_modules_are_kept() {
        let options = Options {
            on: true,
            modules: vec![Module::Contact],
            ..Options::default()
        };
        assert!(options.keeps(Module::Contact));
        assert!(!options.keeps(Module::Lead));
        assert!(!Options::default().keeps(Module::Contact));
    }

    #[test]
    fn f6_f11_f20_why_a_record_does_not_come_in_is_told() {
        let mut person = Person {
            record: record("003A", ""),
            numbers: vec![LabelledNumber {
                label: NumberLabel::Work,
                number: "4155550134".to_owned(),
            }],
            email: None,
        };
        let contacts = Options {
            on: true,
            modules: vec![Module::Contact],
            ..Options::default()
        };
        let why = |options: &Options, person: &Person| {
            options.take(person, &plan()).err().map(NotKept::code)
        };
        assert_eq!(why(&Options::default(), &person), Some("sync_off"));
        assert_eq!(why(&contacts, &person), Some("no_name"));
        person.record.name = "Grace".to_owned();
        assert_eq!(why(&contacts, &person), None);
        person.record.at.module = Module::Lead;
        assert_eq!(why(&contacts, &person), Some("module_not_kept"));
    }
}
