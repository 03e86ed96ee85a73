//! How a CRM's connection is, in one word (A12).

use linecard_flow::Trouble;
use linecard_store::Connection;
use serde::Serialize;
use utoipa::ToSchema;

/// How a CRM's connection is, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CrmStatus {
    /// Nobody has signed in to it.
    NotConnected,
    /// It works, as far as is known.
    Connected,
    /// Switched off by an admin; every setting is kept.
    Disabled,
    /// It stands still: until an admin acts, or until what is wrong passes by itself.
    NeedsAttention,
}

impl CrmStatus {
    /// Of a connection as it is in the store, and what keeps it from working for a while.
    pub(crate) fn of(connection: Option<&Connection>, trouble: Option<&Trouble>) -> Self {
        match connection {
            Some(connection) if connection.organisation.is_some() => {
                if !connection.enabled {
                    Self::Disabled
                } else if connection.paused.is_some()
                    || connection.problem.is_some()
                    || trouble.is_some()
                {
                    Self::NeedsAttention
                } else {
                    Self::Connected
                }
            }
            _ => Self::NotConnected,
        }
    }
}
