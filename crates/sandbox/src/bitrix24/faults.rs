//! What goes wrong on demand at this CRM.

use std::time::Duration;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::errors::{ApiError, page};
use super::stand_in::StandIn;
use crate::Target;
use crate::faults::Kind;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// 503 with an HTML page; nothing is carried out.
    Unavailable,
    /// 200 with an HTML page instead of JSON; nothing is carried out.
    HtmlPage,
    /// 500 `ERROR_UNEXPECTED_ANSWER`; nothing is carried out.
    UnexpectedAnswer,
    /// 503 `QUERY_LIMIT_EXCEEDED`: nothing is carried out.
    RateLimit,
    /// 429 `OPERATION_TIME_LIMIT`: nothing is carried out.
    OperatingLimit,
    /// 503 `OVERLOAD_LIMIT`: the vendor has blocked the interface.
    Overload,
    /// 401 `INVALID_CREDENTIALS`: as when somebody else edited the webhook.
    WrongSecret,
    /// 401 `expired_token`: as when the webhook has ended.
    Expired,
    /// 401 `insufficient_scope`.
    MissingScope,
    /// 403 `ACCESS_DENIED`: the plan has no interface.
    NoPlan,
    /// 302: the portal has another name now.
    Moved,
    /// 410 `PORTAL_DELETED`.
    Deleted,
    /// The request waits first, then is carried out.
    Delay,
    /// The request is carried out, then the connection closes without an answer.
    DropAfterCommit,
    /// A record or an activity is refused: the responsible user is not taken.
    InactiveOwner,
    /// A record or an activity is refused: a field that this portal made mandatory is empty.
    Validation,
    /// A record or an activity is refused: the webhook's user may not change it.
    AccessDenied,
    /// A record that is written is found by its phone only `milliseconds` later.
    IndexLag,
}

/// A fault of this stand-in.
pub type Fault = crate::Fault<FaultKind>;

impl Kind for FaultKind {
    fn usual_target(self) -> Target {
        match self {
            Self::DropAfterCommit
            | Self::InactiveOwner
            | Self::Validation
            | Self::AccessDenied
            | Self::IndexLag => Target::Writes,
            _ => Target::Api,
        }
    }
}

/// What stands in the way of a whole request, if its turn has come. Waits out a delay.
pub(crate) async fn stop(stand_in: &StandIn, target: Target) -> Option<Response> {
    let delay = stand_in.faults().take(FaultKind::Delay, target);
    if let Some(delay) = delay {
        tokio::time::sleep(Duration::from_millis(delay.milliseconds())).await;
    }
    let happens = |kind| stand_in.faults().take(kind, target).is_some();
    let denied = |status, code, text: &str| Some(ApiError::new(status, code, text).into_response());
    if happens(FaultKind::Unavailable) {
        return Some(page(StatusCode::SERVICE_UNAVAILABLE));
    }
    if happens(FaultKind::HtmlPage) {
        return Some(page(StatusCode::OK));
    }
    if happens(FaultKind::Moved) {
        let elsewhere = [(header::LOCATION, "https://renamed.bitrix24.example/")];
        return Some((StatusCode::FOUND, elsewhere).into_response());
    }
    if happens(FaultKind::UnexpectedAnswer) {
        let text = "Server returned an unexpected response.";
        return denied(
            StatusCode::INTERNAL_SERVER_ERROR,
            "ERROR_UNEXPECTED_ANSWER",
            text,
        );
    }
    if happens(FaultKind::RateLimit) {
        return Some(ApiError::too_many_requests().into_response());
    }
    if happens(FaultKind::OperatingLimit) {
        return Some(ApiError::operating_limit().into_response());
    }
    if happens(FaultKind::Overload) {
        let text = "REST API is blocked due to overload.";
        return denied(StatusCode::SERVICE_UNAVAILABLE, "OVERLOAD_LIMIT", text);
    }
    if happens(FaultKind::WrongSecret) {
        return Some(wrong_secret(stand_in).into_response());
    }
    if happens(FaultKind::Expired) {
        let text = "The access token provided has expired.";
        return denied(StatusCode::UNAUTHORIZED, "expired_token", text);
    }
    if happens(FaultKind::MissingScope) {
        return Some(missing_scope(stand_in).into_response());
    }
    if happens(FaultKind::NoPlan) {
        let text = "REST is available only on commercial plans.";
        return denied(StatusCode::FORBIDDEN, "ACCESS_DENIED", text);
    }
    if happens(FaultKind::Deleted) {
        let text = "Portal was deleted.";
        return denied(StatusCode::GONE, "PORTAL_DELETED", text);
    }
    None
}

/// The status that this portal gives to wrong credentials.
fn unauthorized(stand_in: &StandIn) -> StatusCode {
    StatusCode::from_u16(stand_in.switches().credentials_status).unwrap_or(StatusCode::UNAUTHORIZED)
}

pub(crate) fn wrong_secret(stand_in: &StandIn) -> ApiError {
    ApiError::new(
        unauthorized(stand_in),
        "INVALID_CREDENTIALS",
        "Invalid request credentials",
    )
}

pub(crate) fn missing_scope(stand_in: &StandIn) -> ApiError {
    ApiError::new(
        unauthorized(stand_in),
        "insufficient_scope",
        "The request requires higher privileges than provided by the webhook token",
    )
}
