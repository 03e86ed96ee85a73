//! The five ways in which a CRM can fail.

use std::time::Duration;

use jiff::Timestamp;

use crate::{Advice, AdviceCode};

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
    #[error("the connection needs a person: {}", told(words, advice.as_ref()))]
    NeedsPerson {
        /// What the person has to look at.
        what: PersonNeeded,
        /// What the CRM said; empty where it did not say anything.
        words: String,
        /// What Linecard knows about it.
        advice: Option<Advice>,
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
    /// Waits for a person, in the CRM's own words.
    #[must_use]
    pub fn needs_person(what: PersonNeeded, words: impl Into<String>) -> Self {
        Self::NeedsPerson {
            what,
            words: words.into(),
            advice: None,
        }
    }

    /// Waits for a person, for a reason that Linecard found by itself.
    #[must_use]
    pub fn advised(what: PersonNeeded, advice: impl Into<Advice>) -> Self {
        Self::needs_person(what, "").advising(advice)
    }

    /// Settings that cannot be used, as Linecard found by itself.
    #[must_use]
    pub fn misconfigured(advice: impl Into<Advice>) -> Self {
        Self::advised(PersonNeeded::Configuration, advice)
    }

    /// With what to do about it; only where a person is waited for.
    #[must_use]
    pub fn advising(mut self, advised: impl Into<Advice>) -> Self {
        if let Self::NeedsPerson { advice, .. } = &mut self {
            *advice = Some(advised.into());
        }
        self
    }

    /// What Linecard knows about it.
    #[must_use]
    pub fn advice(&self) -> Option<&Advice> {
        match self {
            Self::NeedsPerson { advice, .. } => advice.as_ref(),
            _ => None,
        }
    }

    /// The kind of [`Failure::advice`].
    #[must_use]
    pub fn advice_code(&self) -> Option<AdviceCode> {
        self.advice().map(|advice| advice.code)
    }

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

    /// What the CRM or the network said; may be empty.
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

fn told(words: &str, advice: Option<&Advice>) -> String {
    let advice = advice.map(ToString::to_string).unwrap_or_default();
    let parts = [words, &advice];
    let parts: Vec<_> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_stands_beside_the_crms_words_and_both_are_in_the_log() {
        let what = PersonNeeded::Configuration;
        let failure = Failure::needs_person(what, "mismatch").advising(AdviceCode::RedirectUri);
        assert_eq!(failure.words(), "mismatch");
        assert_eq!(failure.advice_code(), Some(AdviceCode::RedirectUri));
        assert!(failure.to_string().ends_with(": mismatch; redirect_uri"));
        let own = Failure::misconfigured(Advice::about(AdviceCode::AddressHttps, "ftp://x"));
        assert_eq!(own.words(), "");
        assert!(own.to_string().ends_with(": address_https (ftp://x)"));
    }

    #[test]
    fn what_passes_by_itself_takes_no_advice() {
        let refused = Failure::not_offered("moving");
        assert_eq!(refused.clone().advising(AdviceCode::RedirectUri), refused);
    }
}
