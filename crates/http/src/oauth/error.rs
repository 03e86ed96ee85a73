//! Why there are no tokens, and what that means for the connection.

use std::time::Duration;

use linecard_crm::{Advice, AdviceCode, Failure, PersonNeeded};
use oauth2::RequestTokenError;
use oauth2::basic::BasicErrorResponse;

use crate::{Effect, TransportError};

/// The longest description of an error that is kept, in characters.
const LONGEST_WORDS: usize = 500;

/// How long Zoho keeps its token endpoint closed to a client that asked too often. Asking again
/// earlier makes it longer.
const CLOSED: Duration = Duration::from_mins(10);

type TokenError = RequestTokenError<OAuthError, BasicErrorResponse>;

/// Why there are no tokens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OAuthError {
    /// The server refused (RFC 6749, section 5.2).
    #[error("{error}{}{description}", if description.is_empty() { "" } else { ": " })]
    Refused {
        /// The code: `invalid_grant`.
        error: String,
        /// The server's explanation; empty where it gave none.
        description: String,
    },
    /// The server is there but not at work.
    #[error("the sign-in server answered {status}")]
    Unavailable {
        /// The HTTP status.
        status: u16,
    },
    /// The answer is not one of OAuth's: often the address is not that of a sign-in server.
    #[error("the sign-in server's answer was not understood: {0}")]
    Unreadable(String),
    /// A verifier has 43 to 128 characters (RFC 7636, section 4.1).
    #[error("the PKCE verifier has a wrong length")]
    Verifier,
    /// There was no whole answer.
    #[error(transparent)]
    Transport(#[from] TransportError),
}

impl OAuthError {
    /// Whether the code or refresh token is no longer good. Zoho calls either an `invalid_code`,
    /// HubSpot has a name for each.
    #[must_use]
    pub fn is_invalid_grant(&self) -> bool {
        matches!(
            self,
            Self::Refused { error, .. } if matches!(
                error.as_str(),
                "invalid_grant" | "invalid_code" | "BAD_REFRESH_TOKEN" | "BAD_AUTH_CODE"
            )
        )
    }

    /// What this means for the connection.
    #[must_use]
    pub fn failure(&self) -> Failure {
        let words = self.to_string();
        let what = match self {
            // Nothing is written into the CRM by asking for a token.
            Self::Transport(error) => return error.failure(Effect::Read),
            Self::Unavailable { status } => {
                return Failure::retry(Advice::about(AdviceCode::NotAtWork, status.to_string()));
            }
            Self::Refused { error, .. } => match error.as_str() {
                "temporarily_unavailable"
                | "server_error"
                | "rate_limit_exceeded"
                | "slow_down"
                | "general_error" => {
                    return Failure::retry(words);
                }
                "Access Denied" => {
                    return Failure::Retry {
                        after: Some(CLOSED),
                        words: words.into(),
                    };
                }
                "invalid_grant" | "invalid_code" | "access_denied" | "BAD_REFRESH_TOKEN"
                | "BAD_AUTH_CODE" => PersonNeeded::SignIn,
                code if code.starts_with("invalid_")
                    || code.starts_with("BAD_")
                    || code.starts_with("MISMATCH_")
                    || code.starts_with("unsupported_")
                    || code.starts_with("redirect_uri")
                    || code == "unauthorized_client" =>
                {
                    PersonNeeded::Configuration
                }
                // Vendors' own codes say that the user, the app or the organisation is blocked.
                _ => PersonNeeded::Permission,
            },
            Self::Unreadable(_) | Self::Verifier => PersonNeeded::Configuration,
        };
        let failure = Failure::needs_person(what, words);
        match self.advice() {
            Some(advice) => failure.advising(advice),
            None => failure,
        }
    }

    /// What to do about the refusals that mean the same at every CRM.
    fn advice(&self) -> Option<AdviceCode> {
        match self {
            Self::Unreadable(_) => Some(AdviceCode::NotTheCrm),
            Self::Refused { error, .. } => match error.as_str() {
                "invalid_client"
                | "invalid_client_id"
                | "invalid_client_secret"
                | "BAD_CLIENT_ID"
                | "BAD_CLIENT_SECRET" => Some(AdviceCode::ClientKeys),
                "redirect_uri_mismatch" | "invalid_redirect_uri" => Some(AdviceCode::RedirectUri),
                code if code.starts_with("MISMATCH_REDIRECT_URI") => Some(AdviceCode::RedirectUri),
                _ => None,
            },
            _ => None,
        }
    }
}

impl From<TokenError> for OAuthError {
    fn from(error: TokenError) -> Self {
        match error {
            RequestTokenError::Request(error) => error,
            RequestTokenError::ServerResponse(answer) => Self::Refused {
                error: answer.error().as_ref().to_owned(),
                description: answer
                    .error_description()
                    .map(|text| text.chars().take(LONGEST_WORDS).collect())
                    .unwrap_or_default(),
            },
            // The error's own text can quote the answer and with it a token; the field is enough.
            RequestTokenError::Parse(error, _) => {
                Self::Unreadable(format!("the field {} is wrong or missing", error.path()))
            }
            RequestTokenError::Other(words) => Self::Unreadable(words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(error: &str) -> Failure {
        OAuthError::Refused {
            error: error.to_owned(),
            description: String::new(),
        }
        .failure()
    }

    fn needed(failure: &Failure) -> Option<PersonNeeded> {
        match failure {
            Failure::NeedsPerson { what, .. } => Some(*what),
            _ => None,
        }
    }

    #[test]
    fn a_code_tells_what_a_person_has_to_look_at() {
        for (error, what) in [
            ("invalid_grant", PersonNeeded::SignIn),
            ("invalid_code", PersonNeeded::SignIn),
            ("BAD_REFRESH_TOKEN", PersonNeeded::SignIn),
            ("BAD_CLIENT_SECRET", PersonNeeded::Configuration),
            ("access_denied", PersonNeeded::SignIn),
            ("invalid_client", PersonNeeded::Configuration),
            ("invalid_client_id", PersonNeeded::Configuration),
            ("redirect_uri_mismatch", PersonNeeded::Configuration),
            ("unsupported_grant_type", PersonNeeded::Configuration),
            ("inactive_user", PersonNeeded::Permission),
            ("OAUTH_APP_BLOCKED", PersonNeeded::Permission),
        ] {
            assert_eq!(needed(&refused(error)), Some(what), "{error}");
        }
    }

    #[test]
    fn wrong_keys_and_a_wrong_redirect_uri_come_with_advice() {
        for (error, advice) in [
            ("invalid_client", Some(AdviceCode::ClientKeys)),
            ("BAD_CLIENT_SECRET", Some(AdviceCode::ClientKeys)),
            ("invalid_redirect_uri", Some(AdviceCode::RedirectUri)),
            (
                "MISMATCH_REDIRECT_URI_AUTH_CODE",
                Some(AdviceCode::RedirectUri),
            ),
            ("invalid_grant", None),
        ] {
            let failure = refused(error);
            assert_eq!(failure.advice_code(), advice, "{error}");
            assert_eq!(failure.words(), error, "the server's own words stay");
        }
    }

    #[test]
    fn a_server_that_was_asked_too_often_is_left_alone_for_a_while() {
        let Failure::Retry { after, .. } = refused("Access Denied") else {
            panic!("not to be tried again");
        };
        assert_eq!(after, Some(CLOSED));
    }

    #[test]
    fn a_busy_server_is_asked_again() {
        assert!(matches!(
            refused("rate_limit_exceeded"),
            Failure::Retry { .. }
        ));
        assert!(matches!(
            OAuthError::Unavailable { status: 503 }.failure(),
            Failure::Retry { .. }
        ));
    }
}
