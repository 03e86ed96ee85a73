//! The five ways in which a CRM can fail.

use std::time::Duration;

use jiff::Timestamp;

use crate::{Advice, AdviceCode, Words};

/// Why a request to a CRM did not succeed. The words are the CRM's own where it gave any, and advice
/// where Linecard has something to say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nothing was done; the same request can succeed soon.
    #[error("the CRM did not take the request: {words}")]
    Retry {
        /// How long to wait at least, where the CRM said so.
        after: Option<Duration>,
        /// What happened.
        words: Words,
    },
    /// The quota is used up; nothing was done.
    #[error("the CRM's quota is used up: {words}")]
    Throttled {
        /// When requests are welcome again, where it is known.
        until: Option<Timestamp>,
        /// What the CRM said.
        words: Words,
    },
    /// The whole connection is out of order until a person acts; its jobs wait.
    #[error("the connection needs a person: {words}")]
    NeedsPerson {
        /// What the person has to look at.
        what: PersonNeeded,
        /// What the CRM said; empty where it did not say anything.
        words: Words,
    },
    /// The CRM will not take this one record; others go on.
    #[error("the CRM refused the record: {words}")]
    Refused {
        /// What the CRM said.
        words: Words,
    },
    /// The answer was lost: the write may or may not have happened. Look it up by its key
    /// before writing again.
    #[error("the CRM's answer was lost: {words}")]
    Unknown {
        /// What happened to the request.
        words: Words,
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
    pub fn needs_person(what: PersonNeeded, words: impl Into<Words>) -> Self {
        Self::NeedsPerson {
            what,
            words: words.into(),
        }
    }

    /// Waits for a person, for a reason that Linecard found by itself.
    #[must_use]
    pub fn advised(what: PersonNeeded, advice: impl Into<Advice>) -> Self {
        Self::needs_person(what, advice.into())
    }

    /// Settings that cannot be used, as Linecard found by itself.
    #[must_use]
    pub fn misconfigured(advice: impl Into<Advice>) -> Self {
        Self::advised(PersonNeeded::Configuration, advice)
    }

    /// With what Linecard knows about it.
    #[must_use]
    pub fn advising(mut self, advice: impl Into<Advice>) -> Self {
        let (Self::Retry { words, .. }
        | Self::Throttled { words, .. }
        | Self::NeedsPerson { words, .. }
        | Self::Refused { words }
        | Self::Unknown { words }) = &mut self;
        words.advice = Some(advice.into());
        self
    }

    /// What Linecard knows about it.
    #[must_use]
    pub fn advice(&self) -> Option<&Advice> {
        self.said().advice.as_ref()
    }

    /// The kind of [`Failure::advice`].
    #[must_use]
    pub fn advice_code(&self) -> Option<AdviceCode> {
        self.advice().map(|advice| advice.code)
    }

    /// This CRM has no such thing; what it is, is for the log.
    #[must_use]
    pub fn not_offered(what: &str) -> Self {
        Self::refused(Advice::about(AdviceCode::NotOffered, what))
    }

    /// The CRM will not take this one record.
    #[must_use]
    pub fn refused(words: impl Into<Words>) -> Self {
        Self::Refused {
            words: words.into(),
        }
    }

    /// Nothing was done; the same request can succeed soon.
    #[must_use]
    pub fn retry(words: impl Into<Words>) -> Self {
        Self::Retry {
            after: None,
            words: words.into(),
        }
    }

    /// The answer was lost.
    #[must_use]
    pub fn unknown(words: impl Into<Words>) -> Self {
        Self::Unknown {
            words: words.into(),
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
        &self.said().text
    }

    /// What was said about it, by the other side and by Linecard.
    #[must_use]
    pub fn said(&self) -> &Words {
        match self {
            Self::Retry { words, .. }
            | Self::Throttled { words, .. }
            | Self::NeedsPerson { words, .. }
            | Self::Refused { words }
            | Self::Unknown { words } => words,
        }
    }
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
    fn a_sentence_of_linecards_own_is_advice_alone() {
        let refused = Failure::not_offered("moving");
        assert_eq!(refused.words(), "");
        assert_eq!(refused.advice_code(), Some(AdviceCode::NotOffered));
        assert!(refused.to_string().ends_with(": not_offered (moving)"));
        assert!(!refused.said().is_nothing());
    }
}
