//! What goes wrong on demand at this CRM.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::errors::{ApiError, unavailable};
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
    /// 403 `REQUEST_LIMIT_EXCEEDED`: the day's requests are used up; nothing is carried out.
    Quota,
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
            Self::Lock | Self::DropAfterCommit => Target::Writes,
            Self::RefuseConsent => Target::Consent,
            Self::Unavailable | Self::Quota | Self::Delay => Target::Api,
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
    if stand_in
        .faults()
        .take(FaultKind::Unavailable, target)
        .is_some()
    {
        return unavailable();
    }
    if stand_in.faults().take(FaultKind::Quota, target).is_some() {
        return ApiError::new(
            StatusCode::FORBIDDEN,
            "REQUEST_LIMIT_EXCEEDED",
            "TotalRequests Limit exceeded.",
        )
        .into_response();
    }
    let drop = stand_in
        .faults()
        .take(FaultKind::DropAfterCommit, target)
        .is_some();
    let response = next.run(request).await;
    if drop { lose(response) } else { response }
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
