//! The browser's part: a user signs in and allows or denies.

use axum::extract::{RawForm, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;

use super::Code;
use super::authorize::back;
use super::form::Form;
use crate::pages::Language;
use crate::zoho::pages;
use crate::zoho::stand_in::StandIn;

/// How long a code is good.
const CODE_LASTS: SignedDuration = SignedDuration::from_mins(2);

const COOKIE: &str = "zoho_stand_in_browser";

/// Where the consent page of a waiting request is.
pub(super) fn consent_address(ticket: &str) -> String {
    format!("/oauth/v2/auth/consent?request={ticket}")
}

/// `POST /oauth/v2/auth/sign-in`.
pub(super) async fn sign_in(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    RawForm(body): RawForm,
) -> Response {
    let language = Language::of(&headers);
    let form = Form::read(&body);
    let ticket = form.get("request").unwrap_or_default();
    let Some(request) = stand_in.sign_ins().waiting.get(ticket).cloned() else {
        return gone(language);
    };
    let username = form.get("username").unwrap_or_default();
    let user = stand_in
        .organisation()
        .user_named(username)
        .map(|user| user.id);
    let right = form.get("password") == Some(stand_in.options().password.as_str());
    let Some(user) = user.filter(|_| right) else {
        let address = &request.redirect_uri;
        return pages::sign_in(&stand_in, language, ticket, address, username, true);
    };
    let browser = stand_in.entropy().token();
    stand_in.sign_ins().browsers.insert(browser.clone(), user);
    let cookie = format!("{COOKIE}={browser}; Path=/oauth; HttpOnly; SameSite=Lax");
    (
        [(header::SET_COOKIE, cookie)],
        Redirect::to(&consent_address(ticket)),
    )
        .into_response()
}

/// The user signed in at this browser.
pub(super) fn browser(stand_in: &StandIn, headers: &HeaderMap) -> Option<u64> {
    let cookie = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value.to_owned())?;
    stand_in.sign_ins().browsers.get(&cookie).copied()
}

/// `GET /oauth/v2/auth/consent?request=`: asks the user.
pub(super) async fn consent(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let language = Language::of(&headers);
    let form = Form::read(query.unwrap_or_default().as_bytes());
    let ticket = form.get("request").unwrap_or_default();
    let waiting = stand_in.sign_ins().waiting.get(ticket).cloned();
    let (Some(request), Some(user)) = (waiting, browser(&stand_in, &headers)) else {
        return gone(language);
    };
    pages::consent(&stand_in, language, ticket, &request, user)
}

/// `POST /oauth/v2/auth/consent`: the user has answered.
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
        return back(&request, &[("error", "access_denied")], language);
    }
    let code = format!("1000.{}", stand_in.entropy().token());
    let now = stand_in.now();
    let waiting = Code {
        request: request.clone(),
        user,
        ends: now.saturating_add(CODE_LASTS).unwrap_or(now),
    };
    stand_in.sign_ins().codes.insert(code.clone(), waiting);
    let switches = stand_in.switches();
    let accounts = switches
        .accounts_server
        .unwrap_or_else(|| stand_in.base_url().to_owned());
    let parameters = [
        ("code", code.as_str()),
        ("location", &switches.location),
        ("accounts-server", &accounts),
    ];
    back(&request, &parameters, language)
}

/// The request was answered before, or the stand-in was started anew in between.
pub(super) fn gone(language: Language) -> Response {
    let words = language.pick(
        "This sign-in is no longer waiting. Start again from the application.",
        "此登录请求已失效。请从应用程序重新开始。",
    );
    pages::refusal(language, StatusCode::GONE, words)
}
