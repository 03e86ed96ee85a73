//! Which records of a CRM stand in a phonebook, and when one looks again (F1 to F3, F5, F6,
//! F10 to F13, F19).

mod entry;
mod schedule;

pub use entry::{Entry, Number, Skipped, entry};
pub use schedule::{DELETIONS_EVERY, EDITS_EVERY, Way, due, way};

use linecard_crm::Module;
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

    /// Whether the CRM is asked about a number that `known` records of the phonebook have. Without
    /// a phonebook it always is (F20).
    #[must_use]
    pub fn asks(&self, known: usize) -> bool {
        !self.on || self.always_query || known == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
