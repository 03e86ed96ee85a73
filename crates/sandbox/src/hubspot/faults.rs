//! What goes wrong on demand at this CRM.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::errors::{ApiError, not_found_page, unavailable};
use super::portal::Kind as RecordKind;
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
    /// 500 in JSON; nothing is carried out.
    ServerError,
    /// 404 with an HTML page.
    NotFoundPage,
    /// 429 of the policy `TEN_SECONDLY_ROLLING`; nothing is carried out.
    TenSecondly,
    /// 429 of the policy `SECONDLY`; nothing is carried out.
    Secondly,
    /// 429 of the policy `DAILY`; nothing is carried out.
    Daily,
    /// 423: the record is locked; nothing is carried out.
    Locked,
    /// 477: the account moves to another data centre; `Retry-After` says how long.
    Migrating,
    /// 401 `EXPIRED_AUTHENTICATION`, once per fault.
    TokenExpired,
    /// 403 `MISSING_SCOPES`.
    MissingScopes,
    /// 409: a contact whose number is there already is taken for that one.
    Duplicate,
    /// 400: the owner of what is written is inactive.
    InactiveOwner,
    /// 400: a rule of the account refuses what is written.
    ValidationRule,
    /// The refresh token is no longer good.
    BadRefreshToken,
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
            Self::Locked
            | Self::Duplicate
            | Self::InactiveOwner
            | Self::ValidationRule
            | Self::DropAfterCommit => Target::Writes,
            Self::RefuseConsent => Target::Consent,
            Self::BadRefreshToken => Target::Token,
            Self::Unavailable
            | Self::ServerError
            | Self::NotFoundPage
            | Self::TenSecondly
            | Self::Secondly
            | Self::Daily
            | Self::Migrating
            | Self::TokenExpired
            | Self::MissingScopes
            | Self::Delay => Target::Api,
        }
    }
}

/// The faults that are an answer instead of what was asked for.
const INSTEAD: [FaultKind; 9] = [
    FaultKind::Unavailable,
    FaultKind::ServerError,
    FaultKind::NotFoundPage,
    FaultKind::TenSecondly,
    FaultKind::Secondly,
    FaultKind::Daily,
    FaultKind::Locked,
    FaultKind::Migrating,
    FaultKind::TokenExpired,
];

/// Counts the request and lets it go wrong if its turn has come.
pub(crate) async fn inject(
    State(stand_in): State<StandIn>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
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
    for kind in INSTEAD {
        if taken(kind).is_some() {
            return instead(kind);
        }
    }
    let drop = taken(FaultKind::DropAfterCommit).is_some();
    let response = next.run(request).await;
    if drop { lose(response) } else { response }
}

fn instead(kind: FaultKind) -> Response {
    match kind {
        FaultKind::ServerError => {
            ApiError::bare(StatusCode::INTERNAL_SERVER_ERROR, "internal error").into_response()
        }
        FaultKind::NotFoundPage => not_found_page(),
        FaultKind::TenSecondly => ApiError::too_many("TEN_SECONDLY_ROLLING", None).into_response(),
        FaultKind::Secondly => ApiError::too_many("SECONDLY", None).into_response(),
        FaultKind::Daily => ApiError::too_many("DAILY", None).into_response(),
        FaultKind::Locked => {
            ApiError::bare(StatusCode::LOCKED, "The record is locked.").into_response()
        }
        FaultKind::Migrating => {
            let status = StatusCode::from_u16(477).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            ApiError::pause(status, "Migration in progress", Some(60)).into_response()
        }
        FaultKind::TokenExpired => ApiError::expired().into_response(),
        _ => unavailable(),
    }
}

fn target(method: &Method, path: &str) -> Option<Target> {
    if path.starts_with("/oauth/") && path.ends_with("/token") {
        return Some(Target::Token);
    }
    if !path.starts_with("/crm/") && !path.starts_with("/account-info/") {
        return None;
    }
    // A search and a batch that reads are POSTs that change nothing.
    let reads =
        *method == Method::GET || path.ends_with("/search") || path.ends_with("/batch/read");
    Some(if reads { Target::Reads } else { Target::Writes })
}

/// Whether a segment of a path is the id of a record: digits, but no version and no type.
fn is_id(segment: &str) -> bool {
    !segment.is_empty()
        && segment.bytes().all(|byte| byte.is_ascii_digit())
        && RecordKind::named(segment).is_none()
}
