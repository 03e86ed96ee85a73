//! `/services/oauth2/revoke`: ends a token. A refresh token takes its access tokens along.

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;

use super::error::OAuthError;
use super::form::Form;
use super::token::Refusal;
use crate::salesforce::stand_in::StandIn;

pub(super) async fn by_form(
    State(stand_in): State<StandIn>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    revoke(&stand_in, &Form::read(&body))
}

pub(super) async fn by_query(
    State(stand_in): State<StandIn>,
    RawQuery(query): RawQuery,
) -> Result<StatusCode, Refusal> {
    revoke(&stand_in, &Form::read(query.unwrap_or_default().as_bytes()))
}

fn revoke(stand_in: &StandIn, form: &Form) -> Result<StatusCode, Refusal> {
    let token = form.get("token").unwrap_or_default();
    let mut organisation = stand_in.organisation();
    if let Some(grant) = organisation.grants.of_refresh_token(token) {
        let mut grant = grant.clone();
        grant.end();
        organisation.put_grant(grant)?;
        return Ok(StatusCode::OK);
    }
    let holder = organisation.grants.all().iter().find(|grant| {
        grant
            .access_tokens
            .iter()
            .any(|access| access.token == token)
    });
    let Some(mut grant) = holder.cloned() else {
        return Err(OAuthError::new("invalid_token", "invalid token").into());
    };
    grant.access_tokens.retain(|access| access.token != token);
    organisation.put_grant(grant)?;
    Ok(StatusCode::OK)
}
