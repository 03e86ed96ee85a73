//! What can go wrong between Linecard and a server, and what that means for a write.

use linecard_crm::{Advice, AdviceCode, Failure, Words};

use crate::Forbidden;

/// Why there is no whole answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// The address may not be used; nothing was sent.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// No connection came about; nothing was sent.
    #[error("{host} could not be reached: {words}")]
    NotSent {
        /// Where the request was to go.
        host: String,
        /// What the network said.
        words: String,
    },
    /// The request was, or may have been, sent; its answer did not arrive whole.
    #[error("the answer of {host} was lost: {words}")]
    AnswerLost {
        /// Where the request went.
        host: String,
        /// What the network said.
        words: String,
    },
    /// The answer is longer than a CRM's answers are.
    #[error("the answer of {host} is longer than {limit} bytes")]
    TooLarge {
        /// Where the request went.
        host: String,
        /// The longest answer taken.
        limit: usize,
    },
}

/// Whether repeating a request changes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The request only reads: it may be repeated.
    Read,
    /// The request writes: when its answer is lost, nobody knows whether it was done.
    Write,
}

impl TransportError {
    /// What the loss of this answer means for a request with `effect`.
    #[must_use]
    pub fn failure(&self, effect: Effect) -> Failure {
        let words = self.words();
        match (self, effect) {
            (Self::Forbidden(why), _) => Failure::misconfigured(advice(why)),
            (Self::NotSent { .. }, _) | (Self::AnswerLost { .. }, Effect::Read) => {
                Failure::retry(words)
            }
            (Self::TooLarge { .. }, Effect::Read) => Failure::refused(words),
            (Self::AnswerLost { .. } | Self::TooLarge { .. }, Effect::Write) => {
                Failure::unknown(words)
            }
        }
    }

    /// The network's own words, and what they mean.
    fn words(&self) -> Words {
        match self {
            Self::Forbidden(why) => advice(why).into(),
            Self::NotSent { host, words } => told(words, AdviceCode::Unreachable, host),
            Self::AnswerLost { host, words } => told(words, AdviceCode::AnswerLost, host),
            Self::TooLarge { host, .. } => told("", AdviceCode::AnswerUnclear, host),
        }
    }

    pub(crate) fn of(host: &str, error: &reqwest::Error) -> Self {
        if let Some(forbidden) = chain(error).find_map(|cause| cause.downcast_ref::<Forbidden>()) {
            return Self::Forbidden(forbidden.clone());
        }
        let host = host.to_owned();
        let words = words(error);
        if error.is_connect() || error.is_builder() {
            Self::NotSent { host, words }
        } else {
            Self::AnswerLost { host, words }
        }
    }
}

/// What to do about an address that may not be used.
fn advice(forbidden: &Forbidden) -> Advice {
    let (code, about) = match forbidden {
        Forbidden::Private(host) => (AdviceCode::AddressPrivate, host),
        Forbidden::Plain(host) | Forbidden::Scheme(host) => (AdviceCode::AddressHttps, host),
    };
    Advice::about(code, about)
}

/// The innermost cause says what happened. The outer ones repeat the address, which can hold
/// a secret, and are left out.
fn words(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "it took too long".to_owned();
    }
    chain(error)
        .last()
        .filter(|cause| !cause.is::<reqwest::Error>())
        .map_or_else(|| "the exchange broke off".to_owned(), ToString::to_string)
}

fn told(words: &str, code: AdviceCode, host: &str) -> Words {
    Words::from(words).advising(Advice::about(code, host))
}

/// An error and its causes, outermost first.
fn chain(error: &reqwest::Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    let first: &(dyn std::error::Error + 'static) = error;
    std::iter::successors(Some(first), |error| error.source())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost() -> TransportError {
        TransportError::AnswerLost {
            host: "example.com".to_owned(),
            words: "reset".to_owned(),
        }
    }

    #[test]
    fn a_write_whose_answer_was_lost_may_have_happened() {
        assert!(matches!(
            lost().failure(Effect::Write),
            Failure::Unknown { .. }
        ));
        assert!(matches!(
            lost().failure(Effect::Read),
            Failure::Retry { .. }
        ));
    }

    #[test]
    fn a_write_that_was_never_sent_may_be_repeated() {
        let error = TransportError::NotSent {
            host: "example.com".to_owned(),
            words: "refused".to_owned(),
        };
        assert!(matches!(
            error.failure(Effect::Write),
            Failure::Retry { .. }
        ));
    }

    #[test]
    fn a_forbidden_address_is_for_a_person_to_mend() {
        let error = TransportError::from(Forbidden::Private("10.0.0.1".to_owned()));
        let failure = error.failure(Effect::Read);
        let advice = Advice::about(AdviceCode::AddressPrivate, "10.0.0.1");
        assert_eq!(failure, Failure::misconfigured(advice));
    }
}
