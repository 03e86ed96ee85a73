//! What went wrong when a CRM was asked something on an admin's behalf.

use axum::http::StatusCode;
use linecard_crm::{Failure, PersonNeeded};
use linecard_flow::RefreshError;

use crate::problem::Problem;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("The CRM is switched off, or nobody has signed in to it. Connect it first.")]
    NotConnected,
    #[error("The CRM asks for a new sign-in. Connect it again.")]
    SignIn,
    #[error("The CRM does not accept the settings. Correct them and connect again.")]
    Configuration,
    #[error("The CRM does not let the user who connected it do that.")]
    Permission,
    #[error("The CRM refused the request. Its own words say why.")]
    Refused,
    #[error("The CRM gave no usable answer. Try again in a while.")]
    Unavailable,
}

impl From<RefreshError> for Problem {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::NotConnected => {
                Self::new(StatusCode::CONFLICT, "not_connected", Error::NotConnected)
            }
            RefreshError::Crm(failure) => failed(&failure),
            RefreshError::Store(error) => error.into(),
        }
    }
}

/// The CRM's failure as an answer, with its own words and what to do.
pub(super) fn failed(failure: &Failure) -> Problem {
    let error = match failure {
        Failure::NeedsPerson { what, .. } => match what {
            PersonNeeded::SignIn => Error::SignIn,
            PersonNeeded::Configuration => Error::Configuration,
            PersonNeeded::Permission => Error::Permission,
        },
        Failure::Refused { .. } => Error::Refused,
        Failure::Retry { .. } | Failure::Throttled { .. } | Failure::Unknown { .. } => {
            Error::Unavailable
        }
    };
    Problem::new(StatusCode::BAD_GATEWAY, failure.code(), error)
        .with_words(failure.words())
        .with_advice(failure.advice())
}
