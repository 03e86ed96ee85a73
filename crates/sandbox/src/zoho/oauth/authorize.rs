//! `GET /oauth/v2/auth`: an application asks for consent.
//!
//! A request that names an unknown application or address is answered on the page itself: sending
//! the browser to an address that nobody registered would make the sign-in an open redirect.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use url::Url;

use super::AuthorizationRequest;
use super::consent::{browser, consent_address, gone};
use super::form::Form;
use crate::Target;
use crate::pages::Language;
use crate::zoho::faults::FaultKind;
use crate::zoho::pages;
use crate::zoho::stand_in::StandIn;

pub(super) async fn authorize(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let language = Language::of(&headers);
    let form = Form::read(query.unwrap_or_default().as_bytes());
    let request = match read(&stand_in, &form) {
        Ok(request) => request,
        Err(words) => return pages::refusal(language, StatusCode::BAD_REQUEST, words),
    };
    if stand_in
        .faults()
        .take(FaultKind::RefuseConsent, Target::Consent)
        .is_some()
    {
        return back(&request, &[("error", "access_denied")], language);
    }
    let ticket = stand_in.entropy().token();
    let address = request.redirect_uri.clone();
    stand_in.sign_ins().waiting.insert(ticket.clone(), request);
    if browser(&stand_in, &headers).is_some() {
        return Redirect::to(&consent_address(&ticket)).into_response();
    }
    pages::sign_in(&stand_in, language, &ticket, &address, "", false)
}

fn read(stand_in: &StandIn, form: &Form) -> Result<AuthorizationRequest, &'static str> {
    let application = &stand_in.options().application;
    if form.get("response_type") != Some("code") {
        return Err("invalid_response_type");
    }
    if form.get("client_id") != Some(application.client_id.as_str()) {
        return Err("invalid_client");
    }
    let redirect_uri = form
        .get("redirect_uri")
        .filter(|address| application.may_redirect_to(address) && Url::parse(address).is_ok())
        .ok_or("invalid_redirect_uri")?;
    let scopes: Vec<String> = form
        .get("scope")
        .ok_or("invalid_scope")?
        .split(',')
        .map(str::to_owned)
        .collect();
    // Scopes are separated by commas; whoever has spaces between them asks for one odd scope.
    if scopes.iter().any(|scope| !is_scope(scope)) {
        return Err("invalid_scope");
    }
    Ok(AuthorizationRequest {
        redirect_uri: redirect_uri.to_owned(),
        scopes,
        state: form.get("state").map(str::to_owned),
        offline: form.get("access_type") == Some("offline"),
    })
}

/// `Service.scope.OPERATION`
fn is_scope(text: &str) -> bool {
    text.split('.').count() >= 2
        && text
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Sends the browser back to the application.
pub(super) fn back(
    request: &AuthorizationRequest,
    parameters: &[(&str, &str)],
    language: Language,
) -> Response {
    let Ok(mut address) = Url::parse(&request.redirect_uri) else {
        return gone(language);
    };
    {
        let mut query = address.query_pairs_mut();
        query.extend_pairs(parameters);
        if let Some(state) = &request.state {
            query.append_pair("state", state);
        }
    }
    (StatusCode::FOUND, [(header::LOCATION, address.to_string())]).into_response()
}
