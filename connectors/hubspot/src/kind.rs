//! The types of records, and the numbers of the associations between them.

use linecard_crm::{Advice, AdviceCode, Failure, Module};

/// A type of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Contact,
    Company,
    Lead,
    Call,
    Task,
}

impl From<Module> for Kind {
    fn from(module: Module) -> Self {
        match module {
            Module::Contact => Self::Contact,
            Module::Lead => Self::Lead,
            Module::Account => Self::Company,
        }
    }
}

impl Kind {
    /// The segment of a path.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Contact => "contacts",
            Self::Company => "companies",
            Self::Lead => "leads",
            Self::Call => "calls",
            Self::Task => "tasks",
        }
    }

    /// The vendor's number of the type, which stands in the addresses of pages.
    pub(crate) fn number(self) -> &'static str {
        match self {
            Self::Contact => "0-1",
            Self::Company => "0-2",
            Self::Lead => "0-136",
            Self::Call => "0-48",
            Self::Task => "0-27",
        }
    }

    /// The property that holds when a record last changed.
    pub(crate) fn modified(self) -> &'static str {
        match self {
            Self::Contact => "lastmodifieddate",
            _ => "hs_lastmodifieddate",
        }
    }

    /// The type of the usual association from an activity to a person or company ("Association
    /// type ID values"). Of leads the account itself has to be asked.
    pub(crate) fn association_to(self, other: Self) -> Option<u64> {
        match (self, other) {
            (Self::Call, Self::Contact) => Some(194),
            (Self::Call, Self::Company) => Some(182),
            (Self::Task, Self::Contact) => Some(204),
            (Self::Task, Self::Company) => Some(192),
            _ => None,
        }
    }
}

/// `id`, if it has the form of one: digits, so that it changes no path.
pub(crate) fn id(id: &str) -> Result<&str, Failure> {
    if !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(id)
    } else {
        Err(Failure::refused(Advice::about(AdviceCode::ForeignId, id)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_are_an_id() {
        assert!(id("501").is_ok());
        for bad in ["", "../contacts", "5 01", "５０１", "-1"] {
            assert!(id(bad).is_err(), "{bad}");
        }
    }
}
