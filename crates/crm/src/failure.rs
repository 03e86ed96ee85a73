//! The five ways in which a CRM can fail.

use std::time::Duration;

use jiff::Timestamp;

/// Why a request to a CRM did not succeed. The words are the CRM's own where it gave any.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nothing was done; the same request can succeed soon.
    #[error("the CRM did not take the request: {words}")]
    Retry {
        /// How long to wait at least, where the CRM said so.
        after: Option<Duration>,
        /// What happened.
        words: String,
    },
    /// The quota is used up; nothing was done.
    #[error("the CRM's quota is used up: {words}")]
    Throttled {
        /// When requests are welcome again, where it is known.
        until: Option<Timestamp>,
        /// What the CRM said.
        words: String,
    },
    /// The whole connection is out of order until a person acts; its jobs wait.
    #[error("the connection needs a person: {words}")]
    NeedsPerson {
        /// What the person has to look at.
        what: PersonNeeded,
        /// What the CRM said.
        words: String,
    },
    /// The CRM will not take this one record; others go on.
    #[error("the CRM refused the record: {words}")]
    Refused {
        /// What the CRM said.
        words: String,
    },
    /// The answer was lost: the write may or may not have happened. Look it up by its key
    /// before writing again.
    #[error("the CRM's answer was lost: {words}")]
    Unknown {
        /// What happened to the request.
        words: String,
    },
}

/// What a person has to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PersonNeeded {
    /// The consent was revoked or has expired: sign in again.
    SignIn,
    /// Client id, client secret, address or redirect URI are wrong.
    Configuration,
    /// The user who gave consent may not do this, or the edition has no API.
    Permission,
}

impl Failure {
    /// This CRM has no such thing.
    #[must_use]
    pub fn not_offered(what: &str) -> Self {
        Self::Refused {
            words: format!("this CRM offers no {what}"),
        }
    }

    /// The stable word under which the pages say it in the reader's language.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Retry { .. } | Self::Throttled { .. } | Self::Unknown { .. } => "crm_unavailable",
            Self::NeedsPerson { what, .. } => match what {
                PersonNeeded::SignIn => "crm_sign_in",
                PersonNeeded::Configuration => "crm_configuration",
                PersonNeeded::Permission => "crm_permission",
            },
            Self::Refused { .. } => "crm_refused",
        }
    }

    /// What the CRM or the network said.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Retry { words, .. }
            | Self::Throttled { words, .. }
            | Self::NeedsPerson { words, .. }
            | Self::Refused { words }
            | Self::Unknown { words } => words,
        }
    }
}
