//! `POST /services/oauth2/introspect`: whether a token is good, and until when.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::client;
use super::error::OAuthError;
use super::form::Form;
use crate::salesforce::errors::json_answer;
use crate::salesforce::stand_in::StandIn;

pub(super) async fn introspect(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, OAuthError> {
    let form = Form::read(&body);
    client::authenticate(&stand_in, &headers, &form)?;
    let token = form.get("token").unwrap_or_default();
    let answer = active(&stand_in, token).unwrap_or_else(|| json!({"active": false}));
    Ok(json_answer(StatusCode::OK, &answer))
}

fn active(stand_in: &StandIn, token: &str) -> Option<Value> {
    let options = stand_in.options();
    let organisation = stand_in.organisation();
    let access = organisation
        .grants
        .of_access_token(token, stand_in.now(), options.session);
    let (grant, access) = match access {
        Some((grant, access)) => (grant, Some(access)),
        None => (organisation.grants.of_refresh_token(token)?, None),
    };
    let user = organisation.records.get(&grant.user)?;
    let mut answer = json!({
        "active": true,
        "scope": grant.scopes.join(" "),
        "client_id": options.application.consumer_key,
        "username": user.text("Username"),
        "sub": format!("{}/id/{}/{}", stand_in.base_url(), organisation.id(), user.id),
        "token_type": if access.is_some() { "access_token" } else { "refresh_token" },
    });
    if let Some(access) = access {
        answer["iat"] = access.issued.as_second().into();
        answer["nbf"] = access.issued.as_second().into();
        answer["exp"] = access.expires(options.session).as_second().into();
    }
    Some(answer)
}
