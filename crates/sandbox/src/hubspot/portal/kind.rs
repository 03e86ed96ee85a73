//! The types of records.

use serde::{Deserialize, Serialize};

/// A type of record. Paths name it in the singular, the plural, or by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    #[serde(rename = "contacts")]
    Contact,
    #[serde(rename = "companies")]
    Company,
    #[serde(rename = "leads")]
    Lead,
    #[serde(rename = "calls")]
    Call,
    #[serde(rename = "tasks")]
    Task,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] = [
        Self::Contact,
        Self::Company,
        Self::Lead,
        Self::Call,
        Self::Task,
    ];

    /// The type that a segment of a path names.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| {
            name.eq_ignore_ascii_case(kind.plural())
                || name.eq_ignore_ascii_case(kind.singular())
                || name == kind.number()
        })
    }

    pub(crate) fn plural(self) -> &'static str {
        match self {
            Self::Contact => "contacts",
            Self::Company => "companies",
            Self::Lead => "leads",
            Self::Call => "calls",
            Self::Task => "tasks",
        }
    }

    pub(crate) fn singular(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Company => "company",
            Self::Lead => "lead",
            Self::Call => "call",
            Self::Task => "task",
        }
    }

    /// The vendor's id of the type.
    pub(crate) fn number(self) -> &'static str {
        match self {
            Self::Contact => "0-1",
            Self::Company => "0-2",
            Self::Lead => "0-136",
            Self::Call => "0-48",
            Self::Task => "0-27",
        }
    }

    /// The property that holds when a record last changed: not the same for every type.
    pub(crate) fn modified_property(self) -> &'static str {
        match self {
            Self::Contact => "lastmodifieddate",
            _ => "hs_lastmodifieddate",
        }
    }

    /// The property that holds when it was created.
    pub(crate) fn created_property(self) -> &'static str {
        match self {
            Self::Contact | Self::Company => "createdate",
            _ => "hs_createdate",
        }
    }

    /// The scope without which records of this type are not read.
    pub(crate) fn read_scope(self) -> &'static str {
        match self {
            Self::Contact | Self::Call | Self::Task => "crm.objects.contacts.read",
            Self::Company => "crm.objects.companies.read",
            Self::Lead => "crm.objects.leads.read",
        }
    }

    /// The scope without which they are not written. Calls and tasks need only that of contacts.
    pub(crate) fn write_scope(self) -> &'static str {
        match self {
            Self::Contact | Self::Call | Self::Task => "crm.objects.contacts.write",
            Self::Company => "crm.objects.companies.write",
            Self::Lead => "crm.objects.leads.write",
        }
    }
}
