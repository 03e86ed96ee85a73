//! Why a CRM does not work (A12): what an admin has to act on, or what passes by itself.

use jiff::Timestamp;
use linecard_flow::{Trouble, TroubleKind};
use linecard_store::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::crm_advice::CrmAdvice;

/// Why a CRM does not work.
#[derive(Serialize, ToSchema)]
pub(super) struct CrmProblem {
    /// What is wrong.
    what: CrmProblemKind,
    /// The CRM's own words; may be empty.
    words: String,
    /// What Linecard knows about it.
    #[schema(required)]
    advice: Option<CrmAdvice>,
    /// Since when.
    since: Timestamp,
    /// When it is over by itself, where that is known.
    #[schema(required)]
    until: Option<Timestamp>,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CrmProblemKind {
    /// The consent was revoked or has expired: sign in again.
    SignIn,
    /// An address, the client id or the client secret is wrong.
    Configuration,
    /// The user who gave consent may not do this, or the edition has no API.
    Permission,
    /// The requests of the day are used up. It passes by itself.
    Quota,
    /// It has not answered for a while. It passes by itself.
    Unreachable,
    /// The store was restored from a backup, and nobody has confirmed the CRM since.
    Paused,
}

impl CrmProblemKind {
    /// The kind for the stable word under which it is kept, or of a trouble that passes.
    pub(crate) fn from_code(code: &str) -> Self {
        match code {
            "sign_in" => Self::SignIn,
            "permission" => Self::Permission,
            "quota" => Self::Quota,
            "unreachable" => Self::Unreachable,
            "paused" => Self::Paused,
            _ => Self::Configuration,
        }
    }
}

impl From<Problem> for CrmProblem {
    fn from(problem: Problem) -> Self {
        Self {
            what: CrmProblemKind::from_code(&problem.what),
            words: problem.words,
            advice: problem.advice.map(CrmAdvice::from),
            since: problem.since,
            until: None,
        }
    }
}

impl From<Trouble> for CrmProblem {
    fn from(trouble: Trouble) -> Self {
        Self {
            what: match trouble.what {
                TroubleKind::Quota => CrmProblemKind::Quota,
                TroubleKind::Unreachable => CrmProblemKind::Unreachable,
            },
            words: trouble.words.text,
            advice: trouble.words.advice.map(CrmAdvice::from),
            since: trouble.since,
            until: trouble.until,
        }
    }
}

impl CrmProblem {
    /// What an admin has to act on counts more than what passes, and one that is paused is not used
    /// whatever else is wrong.
    pub(super) fn of(
        paused: Option<Timestamp>,
        problem: Option<Problem>,
        trouble: Option<Trouble>,
    ) -> Option<Self> {
        if let Some(since) = paused {
            return Some(Self {
                what: CrmProblemKind::Paused,
                words: String::new(),
                advice: None,
                since,
                until: None,
            });
        }
        problem.map(Self::from).or_else(|| trouble.map(Self::from))
    }
}
