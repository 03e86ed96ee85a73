//! What a connection may do (A13, A25), and how much of its quota is used (F16).

use jiff::Timestamp;

use crate::{Failure, Identity};

/// What a look at a connection showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Who the connection acts as.
    pub identity: Identity,
    /// The edition or plan, where the CRM tells.
    pub edition: Option<String>,
    /// What was tried, in the order in which an admin reads it.
    pub checks: Vec<Check>,
}

/// One thing that was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What.
    pub ability: Ability,
    /// Nothing, or the CRM's own refusal.
    pub result: Result<(), Failure>,
}

/// What a connection must be able to do. None of these writes anything when it is tried: the
/// CRM's own word about rights, fields and scopes is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ability {
    /// See who uses the CRM.
    ListUsers,
    /// Read contacts.
    ReadContacts,
    /// Read leads. A portal without leads has no such check.
    ReadLeads,
    /// Read accounts or companies.
    ReadAccounts,
    /// Write calls.
    LogCalls,
    /// Create contacts.
    CreateContacts,
    /// Create leads.
    CreateLeads,
    /// Search by number.
    Search,
}

impl Ability {
    /// The stable word under which the pages say it in the reader's language.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ListUsers => "list_users",
            Self::ReadContacts => "read_contacts",
            Self::ReadLeads => "read_leads",
            Self::ReadAccounts => "read_accounts",
            Self::LogCalls => "log_calls",
            Self::CreateContacts => "create_contacts",
            Self::CreateLeads => "create_leads",
            Self::Search => "search",
        }
    }
}

/// How much of the day's quota is used, as far as it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Requests used in the window, by everyone who uses this CRM where it tells that, else by
    /// this process.
    pub used: u64,
    /// How many there are; `None` where there is no such limit or it is not known.
    pub limit: Option<u64>,
    /// When the CRM last told.
    pub told: Option<Timestamp>,
    /// When the window ends, where it is known.
    pub resets: Option<Timestamp>,
}
