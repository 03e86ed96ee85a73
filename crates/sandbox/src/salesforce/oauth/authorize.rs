//! The browser's part: an application asks, a user signs in and allows or denies.
//!
//! A request that names an unknown application or address is answered on the page itself: sending
//! the browser to an address that nobody registered would make the sign-in an open redirect.

use axum::extract::{RawForm, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use url::Url;

use super::error::OAuthError;
use super::form::Form;
use super::sign_in::browser;
use super::{AuthorizationRequest, Code, SCOPES, client};
use crate::Target;
use crate::pages::Language;
use crate::salesforce::faults::FaultKind;
use crate::salesforce::pages;
use crate::salesforce::stand_in::StandIn;

/// How long a code is good.
const CODE_LASTS: SignedDuration = SignedDuration::from_mins(15);

const DENIED: OAuthError = OAuthError::new("access_denied", "end-user denied authorization");

/// `GET /services/oauth2/authorize`.
pub(super) async fn authorize(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let language = Language::of(&headers);
    let form = Form::read(query.unwrap_or_default().as_bytes());
    let request = match trusted(&stand_in, &form) {
        Ok(request) => request,
        Err(error) => return on_the_page(language, error),
    };
    if let Err(error) = acceptable(&stand_in, &form, &request) {
        return back_with_error(&request, error, language);
    }
    let refused = stand_in
        .faults()
        .take(FaultKind::RefuseConsent, Target::Consent);
    if refused.is_some() {
        return back_with_error(&request, DENIED, language);
    }
    let ticket = stand_in.entropy().token();
    let signed_in = form.get("prompt") != Some("login") && browser(&stand_in, &headers).is_some();
    let address = request.redirect_uri.clone();
    stand_in.sign_ins().waiting.insert(ticket.clone(), request);
    if signed_in {
        return Redirect::to(&consent_address(&ticket)).into_response();
    }
    let username = form.get("login_hint").unwrap_or_default();
    pages::sign_in(&stand_in, language, &ticket, &address, username, false)
}

/// Where the consent page of a waiting request is.
pub(super) fn consent_address(ticket: &str) -> String {
    format!("/services/oauth2/authorize/consent?request={ticket}")
}

/// `GET /services/oauth2/authorize/consent?request=`: asks the user.
pub(super) async fn consent(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let language = Language::of(&headers);
    let form = Form::read(query.unwrap_or_default().as_bytes());
    let ticket = form.get("request").unwrap_or_default();
    let waiting = stand_in.sign_ins().waiting.get(ticket).cloned();
    let user = browser(&stand_in, &headers);
    let (Some(request), Some(user)) = (waiting, user) else {
        return gone(language);
    };
    pages::consent(&stand_in, language, ticket, &request, &user)
}

/// `POST /services/oauth2/authorize/consent`: the user has answered.
pub(super) async fn decide(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    RawForm(body): RawForm,
) -> Response {
    let language = Language::of(&headers);
    let form = Form::read(&body);
    let Some(user) = browser(&stand_in, &headers) else {
        return gone(language);
    };
    let ticket = form.get("request").unwrap_or_default();
    let Some(request) = stand_in.sign_ins().waiting.remove(ticket) else {
        return gone(language);
    };
    if form.get("decision") != Some("allow") {
        return back_with_error(&request, DENIED, language);
    }
    let code = format!("aPrx{}", stand_in.entropy().token());
    let now = stand_in.now();
    let waiting = Code {
        request: request.clone(),
        user,
        expires: now.saturating_add(CODE_LASTS).unwrap_or(now),
    };
    stand_in.sign_ins().codes.insert(code.clone(), waiting);
    back(&request, &[("code", &code)], language)
}

/// Reads the request as far as it must be right before the browser may be sent anywhere.
fn trusted(stand_in: &StandIn, form: &Form) -> Result<AuthorizationRequest, OAuthError> {
    let application = &stand_in.options().application;
    client::known(stand_in, form.get("client_id"))?;
    let redirect_uri = form
        .get("redirect_uri")
        .filter(|address| application.may_redirect_to(address) && Url::parse(address).is_ok())
        .ok_or(OAuthError::new(
            "redirect_uri_mismatch",
            "redirect_uri must match configuration",
        ))?;
    let scopes = form.get("scope").unwrap_or("api refresh_token");
    Ok(AuthorizationRequest {
        redirect_uri: redirect_uri.to_owned(),
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
        state: form.get("state").map(str::to_owned),
        challenge: form.get("code_challenge").map(str::to_owned),
    })
}

/// What the application is told at its own address.
fn acceptable(
    stand_in: &StandIn,
    form: &Form,
    request: &AuthorizationRequest,
) -> Result<(), OAuthError> {
    if form.get("response_type") != Some("code") {
        return Err(OAuthError::new(
            "unsupported_response_type",
            "response type not supported",
        ));
    }
    if request
        .scopes
        .iter()
        .any(|scope| !SCOPES.contains(&scope.as_str()))
    {
        return Err(OAuthError::new(
            "invalid_scope",
            "the requested scope is not allowed",
        ));
    }
    if request.challenge.is_none() && stand_in.options().application.pkce_required {
        return Err(OAuthError::new(
            "invalid_request",
            "missing required code challenge",
        ));
    }
    // Without a method the vendor takes S256, where the RFC takes `plain`.
    if form
        .get("code_challenge_method")
        .is_some_and(|method| method != "S256")
    {
        return Err(OAuthError::new(
            "invalid_request",
            "code challenge method not supported",
        ));
    }
    Ok(())
}

fn back_with_error(
    request: &AuthorizationRequest,
    error: OAuthError,
    language: Language,
) -> Response {
    let parameters = [
        ("error", error.error),
        ("error_description", error.description),
    ];
    back(request, &parameters, language)
}

/// Sends the browser back to the application.
fn back(
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
    (
        StatusCode::FOUND,
        [(axum::http::header::LOCATION, address.to_string())],
    )
        .into_response()
}

fn on_the_page(language: Language, error: OAuthError) -> Response {
    let words = format!(
        "error={}&error_description={}",
        error.error, error.description
    );
    pages::refusal(language, StatusCode::BAD_REQUEST, &words)
}

/// The request was answered before, or the stand-in was started anew in between.
pub(super) fn gone(language: Language) -> Response {
    let words = language.pick(
        "This sign-in is no longer waiting. Start again from the application.",
        "此登录请求已失效。请从应用程序重新开始。",
    );
    pages::refusal(language, StatusCode::GONE, words)
}
