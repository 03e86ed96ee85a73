//! Who calls the API: checks the version and the token, and counts the day's requests.

use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::versions;
use crate::salesforce::errors::ApiError;
use crate::salesforce::oauth::bearer;
use crate::salesforce::record_id::RecordId;
use crate::salesforce::stand_in::StandIn;

/// The user behind a request.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) user: RecordId,
}

/// Lets a request through to its handler, with its [`Session`].
pub(super) async fn admit(
    State(stand_in): State<StandIn>,
    OriginalUri(uri): OriginalUri,
    mut request: Request,
    next: Next,
) -> Response {
    let version = uri.path().split('/').nth(3).unwrap_or_default();
    let setup = stand_in.setup();
    let retired = if setup.retired_is_gone {
        StatusCode::GONE
    } else {
        StatusCode::NOT_FOUND
    };
    if let Err(error) = versions::supported(version, retired) {
        return error.into_response();
    }
    let Some(session) = bearer(request.headers()).and_then(|token| session(&stand_in, token))
    else {
        return ApiError::invalid_session().into_response();
    };
    if !setup.api_enabled {
        return ApiError::new(
            StatusCode::FORBIDDEN,
            "API_DISABLED_FOR_ORG",
            "The REST API is not enabled for this Organization.",
        )
        .into_response();
    }
    request.extensions_mut().insert(session);
    let mut response = next.run(request).await;
    let usage = format!(
        "api-usage={}/{}",
        stand_in.api_calls(),
        stand_in.options().daily_api_requests
    );
    if let Ok(usage) = HeaderValue::from_str(&usage) {
        response.headers_mut().insert("sforce-limit-info", usage);
    }
    response
}

fn session(stand_in: &StandIn, token: &str) -> Option<Session> {
    let now = stand_in.now();
    let mut organisation = stand_in.organisation();
    let (grant, _) = organisation
        .grants
        .of_access_token(token, now, stand_in.options().session)?;
    let user = grant.user.clone();
    organisation.grants.used(token, now);
    Some(Session { user })
}
