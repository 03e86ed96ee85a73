//! The browser's part: an app asks, a person chooses whom it acts as, and allows or denies.

use axum::extract::{RawForm, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use url::Url;

use super::form::Form;
use super::{AuthorizationRequest, Code};
use crate::Target;
use crate::hubspot::faults::FaultKind;
use crate::hubspot::pages;
use crate::hubspot::stand_in::StandIn;
use crate::pages::Language;

/// How long a code is good.
const CODE_LASTS: SignedDuration = SignedDuration::from_mins(1);

/// `GET /oauth/authorize`. A request that names an unknown app is answered on the page itself.
pub(super) async fn authorize(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let language = Language::of(&headers);
    let form = Form::read(query.unwrap_or_default().as_bytes());
    if form.get("client_id") != Some(&stand_in.options().client_id) {
        let words = language.pick(
            "This app does not exist: its client id is unknown.",
            "此应用不存在：客户端 ID 未知。",
        );
        return pages::refusal(language, StatusCode::BAD_REQUEST, words);
    }
    let redirect_uri = form
        .get("redirect_uri")
        .filter(|address| Url::parse(address).is_ok());
    let Some(redirect_uri) = redirect_uri else {
        let words = language.pick(
            "The redirect address is missing or wrong.",
            "重定向地址缺失或有误。",
        );
        return pages::refusal(language, StatusCode::BAD_REQUEST, words);
    };
    let scopes = ["scope", "optional_scope"]
        .into_iter()
        .filter_map(|name| form.get(name))
        .flat_map(str::split_whitespace)
        .map(str::to_owned)
        .collect();
    let request = AuthorizationRequest {
        redirect_uri: redirect_uri.to_owned(),
        scopes,
        state: form.get("state").map(str::to_owned),
        challenge: form.get("code_challenge").map(str::to_owned),
    };
    let denied = stand_in
        .faults()
        .take(FaultKind::RefuseConsent, Target::Consent);
    if denied.is_some() {
        return back_denied(&request, language);
    }
    let ticket = stand_in.entropy().token();
    let answer = pages::consent(&stand_in, language, &ticket, &request);
    stand_in.sign_ins().waiting.insert(ticket, request);
    answer
}

/// `POST /oauth/authorize/consent`: the person has answered.
pub(super) async fn decide(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    RawForm(body): RawForm,
) -> Response {
    let language = Language::of(&headers);
    let form = Form::read(&body);
    let ticket = form.get("request").unwrap_or_default();
    let Some(request) = stand_in.sign_ins().waiting.remove(ticket) else {
        return gone(language);
    };
    if form.get("decision") != Some("allow") {
        return back_denied(&request, language);
    }
    let email = form.get("user").unwrap_or_default();
    let owner = stand_in
        .portal()
        .owners
        .iter()
        .position(|owner| owner.email.eq_ignore_ascii_case(email) && !owner.archived)
        .unwrap_or(0);
    let code = stand_in.entropy().token();
    let now = stand_in.now();
    let waiting = Code {
        request: request.clone(),
        owner,
        expires: now.saturating_add(CODE_LASTS).unwrap_or(now),
    };
    stand_in.sign_ins().codes.insert(code.clone(), waiting);
    back(&request, &[("code", &code)], language)
}

fn back_denied(request: &AuthorizationRequest, language: Language) -> Response {
    let told = [
        ("error", "access_denied"),
        ("error_description", "User denied access"),
    ];
    back(request, &told, language)
}

/// Sends the browser back to the app.
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
    (StatusCode::FOUND, [(header::LOCATION, address.to_string())]).into_response()
}

/// The request was answered before, or the stand-in was started anew in between.
fn gone(language: Language) -> Response {
    let words = language.pick(
        "This sign-in is no longer waiting. Start again from the application.",
        "此登录请求已失效。请从应用程序重新开始。",
    );
    pages::refusal(language, StatusCode::GONE, words)
}
