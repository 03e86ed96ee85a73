//! Who sits at the browser.

use axum::extract::{RawForm, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::authorize::{consent_address, gone};
use super::form::Form;
use crate::pages::Language;
use crate::salesforce::pages;
use crate::salesforce::record_id::RecordId;
use crate::salesforce::stand_in::StandIn;

const COOKIE: &str = "stand_in_browser";

/// `POST /services/oauth2/authorize/sign-in`.
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
        .user(username)
        .map(|user| user.id.clone());
    let right = form.get("password") == Some(stand_in.options().password.as_str());
    let Some(user) = user.filter(|_| right) else {
        return pages::sign_in(
            &stand_in,
            language,
            ticket,
            &request.redirect_uri,
            username,
            true,
        );
    };
    let browser = stand_in.entropy().token();
    stand_in.sign_ins().browsers.insert(browser.clone(), user);
    let cookie = format!("{COOKIE}={browser}; Path=/services/oauth2; HttpOnly; SameSite=Lax");
    (
        [(header::SET_COOKIE, cookie)],
        Redirect::to(&consent_address(ticket)),
    )
        .into_response()
}

/// The user signed in at this browser.
pub(super) fn browser(stand_in: &StandIn, headers: &HeaderMap) -> Option<RecordId> {
    let cookie = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value.to_owned())?;
    stand_in.sign_ins().browsers.get(&cookie).cloned()
}
