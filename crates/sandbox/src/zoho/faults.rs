//! What goes wrong on demand at this CRM.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::errors::{ApiError, page_of_the_edge};
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
    /// 200 with an HTML page; nothing is carried out.
    HtmlPage,
    /// 500 `INTERNAL_ERROR`; nothing is carried out.
    InternalError,
    /// 429 `TOO_MANY_REQUESTS`; nothing is carried out.
    TooManyRequests,
    /// `LIMIT_EXCEEDED`: the credits of the day are used up; nothing is carried out.
    LimitExceeded,
    /// 401 `INVALID_TOKEN` though the token is good; nothing is carried out.
    InvalidToken,
    /// The request waits first, then is carried out.
    Delay,
    /// The request is carried out, then the connection closes without an answer.
    DropAfterCommit,
    /// A rule of the organisation turns each record of a write down, in words that hold
    /// `a rule of ours`.
    ValidationRule,
    /// The user may not write these records.
    NoPermission,
    /// The token endpoint says `Access Denied`: asked too often.
    AccessDenied,
    /// The token endpoint says `general_error`.
    GeneralError,
    /// The consent page answers "denied" by itself.
    RefuseConsent,
}

/// A fault of this stand-in.
pub type Fault = crate::Fault<FaultKind>;

impl Kind for FaultKind {
    fn usual_target(self) -> Target {
        match self {
            Self::DropAfterCommit | Self::ValidationRule | Self::NoPermission => Target::Writes,
            Self::AccessDenied | Self::GeneralError => Target::Token,
            Self::RefuseConsent => Target::Consent,
            _ => Target::Api,
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
    let is_id =
        |segment: &str| segment.len() > 10 && segment.bytes().all(|byte| byte.is_ascii_digit());
    stand_in
        .requests()
        .count(request.method().as_str(), path, is_id);
    let Some(target) = target(request.method(), path) else {
        return next.run(request).await;
    };
    let taken = |kind| stand_in.faults().take(kind, target);
    if let Some(delay) = taken(FaultKind::Delay) {
        tokio::time::sleep(Duration::from_millis(delay.milliseconds())).await;
    }
    if let Some(refusal) = refusal(taken) {
        return refusal;
    }
    let drop = stand_in
        .faults()
        .take(FaultKind::DropAfterCommit, target)
        .is_some();
    let response = next.run(request).await;
    if drop { lose(response) } else { response }
}

/// What is answered instead of carrying the request out.
fn refusal(taken: impl Fn(FaultKind) -> Option<Fault>) -> Option<Response> {
    let first = |kinds: &[FaultKind]| kinds.iter().copied().find(|kind| taken(*kind).is_some());
    let kind = first(&[
        FaultKind::Unavailable,
        FaultKind::HtmlPage,
        FaultKind::InternalError,
        FaultKind::TooManyRequests,
        FaultKind::LimitExceeded,
        FaultKind::InvalidToken,
    ])?;
    Some(match kind {
        FaultKind::Unavailable => page_of_the_edge(StatusCode::SERVICE_UNAVAILABLE),
        FaultKind::HtmlPage => page_of_the_edge(StatusCode::OK),
        FaultKind::TooManyRequests => ApiError::too_many().into_response(),
        FaultKind::LimitExceeded => ApiError::limit_exceeded().into_response(),
        FaultKind::InvalidToken => ApiError::invalid_token().into_response(),
        _ => ApiError::internal().into_response(),
    })
}

/// COQL is asked with POST and only reads.
fn target(method: &Method, path: &str) -> Option<Target> {
    if path.starts_with("/crm/v8/") {
        let reads = *method == Method::GET || path.ends_with("/coql");
        Some(if reads { Target::Reads } else { Target::Writes })
    } else {
        (path == "/oauth/v2/token").then_some(Target::Token)
    }
}
