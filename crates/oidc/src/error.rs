//! Why nobody is signed in.

use std::error::Error;

use linecard_http::TransportError;
use openidconnect::core::CoreErrorResponseType;
use openidconnect::{
    ClaimsVerificationError, DiscoveryError, RequestTokenError, StandardErrorResponse,
    UserInfoError,
};

/// The longest words of a provider that are kept, in characters.
const LONGEST_WORDS: usize = 500;

type TokenError = RequestTokenError<TransportError, StandardErrorResponse<CoreErrorResponseType>>;

/// Why nobody is signed in. No token and no secret is in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OidcError {
    /// There was no whole answer.
    #[error("the identity provider cannot be reached: {0}")]
    Unreachable(String),
    /// Something answers there, but not as OpenID Connect has it.
    #[error("the answer is not one of an identity provider: {0}")]
    NotAProvider(String),
    /// The provider calls itself otherwise than it is called in the settings.
    #[error("the issuer is another one: {0}")]
    WrongIssuer(String),
    /// The provider did not give a token for the code (RFC 6749, section 5.2).
    #[error("the identity provider refused: {0}")]
    Refused(String),
    /// By this machine's clock the token has expired.
    #[error("the token has expired: {0}")]
    Expired(String),
    /// The token is not the provider's, or not meant for this sign-in.
    #[error("the token is not good: {0}")]
    Token(String),
    /// The provider tells no e-mail address.
    #[error("the identity provider tells no e-mail address")]
    NoEmail,
    /// The provider does not vouch for the address.
    #[error("the e-mail address {0} is not verified at the identity provider")]
    EmailNotVerified(String),
}

impl OidcError {
    /// A stable word for it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "unreachable",
            Self::NotAProvider(_) => "not_a_provider",
            Self::WrongIssuer(_) => "wrong_issuer",
            Self::Refused(_) => "refused",
            Self::Expired(_) => "expired",
            Self::Token(_) => "token",
            Self::NoEmail => "no_email",
            Self::EmailNotVerified(_) => "email_not_verified",
        }
    }

    /// The other side's own words, or the network's.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Unreachable(words)
            | Self::NotAProvider(words)
            | Self::WrongIssuer(words)
            | Self::Refused(words)
            | Self::Expired(words)
            | Self::Token(words)
            | Self::EmailNotVerified(words) => Some(words),
            Self::NoEmail => None,
        }
    }

    fn unreadable(error: &dyn Error) -> Self {
        Self::NotAProvider(cut(&error.to_string()))
    }
}

impl From<DiscoveryError<TransportError>> for OidcError {
    fn from(error: DiscoveryError<TransportError>) -> Self {
        match error {
            DiscoveryError::Request(error) => Self::Unreachable(cut(&error.to_string())),
            // The only thing that discovery validates (Discovery 1.0, section 4.3).
            DiscoveryError::Validation(words) => Self::WrongIssuer(cut(&words)),
            DiscoveryError::Response(status, _, _) => Self::NotAProvider(status.to_string()),
            DiscoveryError::Parse(error) => Self::unreadable(&error),
            error => Self::unreadable(&error),
        }
    }
}

impl From<TokenError> for OidcError {
    fn from(error: TokenError) -> Self {
        match error {
            RequestTokenError::Request(error) => Self::Unreachable(cut(&error.to_string())),
            RequestTokenError::ServerResponse(said) => Self::Refused(cut(&said.to_string())),
            // The error's own text can quote the answer and with it a token; the field is enough.
            RequestTokenError::Parse(error, _) => {
                Self::NotAProvider(format!("the field {} is wrong or missing", error.path()))
            }
            RequestTokenError::Other(words) => Self::NotAProvider(cut(&words)),
        }
    }
}

impl From<UserInfoError<TransportError>> for OidcError {
    fn from(error: UserInfoError<TransportError>) -> Self {
        match error {
            UserInfoError::ClaimsVerification(error) => error.into(),
            UserInfoError::Request(error) => Self::Unreachable(cut(&error.to_string())),
            UserInfoError::Response(status, _, _) => Self::NotAProvider(status.to_string()),
            error => Self::unreadable(&error),
        }
    }
}

impl From<ClaimsVerificationError> for OidcError {
    fn from(error: ClaimsVerificationError) -> Self {
        match error {
            ClaimsVerificationError::Expired(words) => Self::Expired(cut(&words)),
            ClaimsVerificationError::InvalidIssuer(words) => Self::WrongIssuer(cut(&words)),
            ClaimsVerificationError::SignatureVerification(error) => {
                Self::Token(cut(&error.to_string()))
            }
            error => Self::Token(cut(&error.to_string())),
        }
    }
}

fn cut(words: &str) -> String {
    words.chars().take(LONGEST_WORDS).collect()
}
