//! What goes wrong on demand at this CRM.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::errors::{ApiError, moved, unavailable};
use super::grants::Grant;
use super::record_id::RecordId;
use super::stand_in::StandIn;
use crate::Target;
use crate::faults::Kind;
use crate::lost_answer::lose;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// 503 with an HTML page; nothing is carried out.
    Unavailable,
    /// 420 with an HTML page: the edge knows the instance no more; nothing is carried out.
    Moved,
    /// 403 `REQUEST_LIMIT_EXCEEDED`: the day's requests are used up; nothing is carried out.
    Quota,
    /// 403 with the same code: too many long requests at once; nothing is carried out.
    Concurrency,
    /// `QUERY_TIMEOUT` for a query.
    QueryTimeout,
    /// The access tokens given out so far end, this request's among them.
    ExpireTokens,
    /// Every consent is taken back, this request's among them.
    RevokeConsent,
    /// A new Task with an owner is refused: the owner is inactive.
    InactiveOwner,
    /// A new Task is refused by a rule of the organisation.
    ValidationRule,
    /// A contact or lead that is there already is refused, unless the client insists.
    DuplicateAlert,
    /// A contact or lead that is there already is refused.
    DuplicateBlock,
    /// `UNABLE_TO_LOCK_ROW`: nothing is written.
    Lock,
    /// The request is carried out, then the connection closes without an answer.
    DropAfterCommit,
    /// The request waits first, then is carried out.
    Delay,
    /// The consent page answers "denied" by itself.
    RefuseConsent,
}

/// A fault of this stand-in.
pub type Fault = crate::Fault<FaultKind>;

impl Kind for FaultKind {
    fn usual_target(self) -> Target {
        match self {
            Self::Lock
            | Self::DropAfterCommit
            | Self::InactiveOwner
            | Self::ValidationRule
            | Self::DuplicateAlert
            | Self::DuplicateBlock => Target::Writes,
            Self::QueryTimeout => Target::Reads,
            Self::RefuseConsent => Target::Consent,
            Self::Unavailable
            | Self::Moved
            | Self::Quota
            | Self::Concurrency
            | Self::ExpireTokens
            | Self::RevokeConsent
            | Self::Delay => Target::Api,
        }
    }
}

/// Counts the request and lets it go wrong if its turn has come.
pub(crate) async fn inject(
    State(stand_in): State<StandIn>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let is_id = |segment: &str| RecordId::parse(segment).is_some();
    stand_in
        .requests()
        .count(request.method().as_str(), path, is_id);
    let Some(target) = target(request.method(), path) else {
        return next.run(request).await;
    };
    let delay = stand_in.faults().take(FaultKind::Delay, target);
    if let Some(delay) = delay {
        tokio::time::sleep(Duration::from_millis(delay.milliseconds())).await;
    }
    if let Some(refusal) = refused(&stand_in, target) {
        return refusal;
    }
    let drop = stand_in
        .faults()
        .take(FaultKind::DropAfterCommit, target)
        .is_some();
    let response = next.run(request).await;
    if drop { lose(response) } else { response }
}

/// The answer that comes instead of what the request asked for.
fn refused(stand_in: &StandIn, target: Target) -> Option<Response> {
    let comes = |kind| stand_in.faults().take(kind, target).is_some();
    if comes(FaultKind::Unavailable) {
        return Some(unavailable());
    }
    if comes(FaultKind::Moved) {
        return Some(moved());
    }
    let words = if comes(FaultKind::Quota) {
        Some("TotalRequests Limit exceeded.")
    } else if comes(FaultKind::Concurrency) {
        Some("ConcurrentRequests (Concurrent API Requests) Limit exceeded.")
    } else {
        None
    };
    if let Some(words) = words {
        let refusal = ApiError::new(StatusCode::FORBIDDEN, "REQUEST_LIMIT_EXCEEDED", words);
        return Some(refusal.into_response());
    }
    // The request itself then finds its token no good.
    let ended = if comes(FaultKind::RevokeConsent) {
        stand_in.organisation().change_grants(Grant::end)
    } else if comes(FaultKind::ExpireTokens) {
        stand_in
            .organisation()
            .change_grants(|grant| grant.access_tokens.clear())
    } else {
        Ok(())
    };
    ended
        .err()
        .map(|error| ApiError::not_kept(&error).into_response())
}

fn target(method: &Method, path: &str) -> Option<Target> {
    if path.starts_with("/services/data") {
        let reads = *method == Method::GET || *method == Method::HEAD;
        Some(if reads { Target::Reads } else { Target::Writes })
    } else {
        path.starts_with("/services/oauth2/token")
            .then_some(Target::Token)
    }
}
