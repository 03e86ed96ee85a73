//! What an admin has to act on before a CRM works again (A12).

use jiff::Timestamp;
use linecard_store::Problem;
use serde::Serialize;
use utoipa::ToSchema;

/// What an admin has to act on.
#[derive(Serialize, ToSchema)]
pub(super) struct CrmProblem {
    /// What to look at.
    what: CrmProblemKind,
    /// The CRM's own words.
    words: String,
    /// Since when.
    since: Timestamp,
}

/// What an admin has to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CrmProblemKind {
    /// The consent was revoked or has expired: sign in again.
    SignIn,
    /// An address, the client id or the client secret is wrong.
    Configuration,
    /// The user who gave consent may not do this, or the edition has no API.
    Permission,
}

impl CrmProblemKind {
    fn from_code(code: &str) -> Self {
        match code {
            "sign_in" => Self::SignIn,
            "permission" => Self::Permission,
            _ => Self::Configuration,
        }
    }
}

impl From<Problem> for CrmProblem {
    fn from(problem: Problem) -> Self {
        Self {
            what: CrmProblemKind::from_code(&problem.what),
            words: problem.words,
            since: problem.since,
        }
    }
}
