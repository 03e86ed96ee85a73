//! The two addresses of a sign-in: where the browser is sent off, and where it comes back.

use axum::Router;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{AppendHeaders, IntoResponse as _, Redirect, Response};
use axum::routing::get;
use linecard_oidc::Provider;
use linecard_store::{Account, Role};
use serde::Deserialize;

use super::attempt::{self, Carried};
use super::outcome::Outcome;
use super::whose::account_of;
use super::{CALLBACK, SingleSignOn};
use crate::callback::{Page, accepted};
use crate::session;
use crate::state::App;

/// The most bytes of a path that is carried along: browsers keep no cookie over 4 kB (RFC 6265, 6.1).
const LONGEST_PATH: usize = 1_000;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/sign-in/oidc", get(begin))
        .route(CALLBACK, get(finish))
}

#[derive(Deserialize)]
struct Wanted {
    /// The page that was wanted.
    to: Option<String>,
}

/// Sends the browser to the provider.
async fn begin(State(app): State<App>, headers: HeaderMap, wanted: Query<Wanted>) -> Response {
    match send_off(&app, wanted.0.to).await {
        Ok((address, carried)) => {
            let cookie = carried.hand_over(app.is_https(&headers));
            (AppendHeaders([cookie]), Redirect::to(&address)).into_response()
        }
        Err(outcome) => said(&app, &headers, &outcome),
    }
}

async fn send_off(app: &App, to: Option<String>) -> Result<(String, Carried), Outcome> {
    let (provider, _) = provider(app).await?;
    let (address, attempt) = provider.begin(&**app.flow.entropy());
    let to = to.filter(|to| to.len() <= LONGEST_PATH).unwrap_or_default();
    Ok((address.into(), Carried { attempt, to }))
}

/// What the provider put into the address (RFC 6749, 4.1.2 and 4.1.2.1).
#[derive(Deserialize)]
struct Answer {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

/// Takes the browser back from the provider, and lets it in or says why not.
async fn finish(State(app): State<App>, headers: HeaderMap, answer: Query<Answer>) -> Response {
    let taken_back = attempt::take_back(app.is_https(&headers));
    match let_in(&app, &headers, answer.0).await {
        Ok((cookie, to)) => {
            (AppendHeaders([cookie, taken_back]), Redirect::to(&to)).into_response()
        }
        Err(outcome) => {
            let page = said(&app, &headers, &outcome);
            (AppendHeaders([taken_back]), page).into_response()
        }
    }
}

type SetCookie = (axum::http::HeaderName, axum::http::HeaderValue);

async fn let_in(
    app: &App,
    headers: &HeaderMap,
    answer: Answer,
) -> Result<(SetCookie, String), Outcome> {
    let carried = Carried::read(headers, app.is_https(headers), answer.state.as_deref())
        .ok_or(Outcome::NotBegunHere)?;
    if let Some(error) = answer.error {
        let words = [Some(error), answer.error_description];
        let words: Vec<_> = words.into_iter().flatten().collect();
        return Err(Outcome::Denied(words.join(": ")));
    }
    let code = answer.code.ok_or(Outcome::NotBegunHere)?;
    let (provider, settings) = provider(app).await?;
    let now = app.flow.clock().now();
    let person = provider.finish(&carried.attempt, code, now).await?;
    let mut work = app.flow.store().begin().await?;
    let account = account_of(&mut work, &settings, &person).await?;
    let [cookie] = session::start(
        app,
        &mut work,
        account.id,
        session::LASTS_BY_PROVIDER,
        headers,
    )
    .await?;
    work.commit().await?;
    Ok((cookie, page_for(&account, carried.to)))
}

/// The provider as it is now, if sign-ins there are switched on.
async fn provider(app: &App) -> Result<(Provider, SingleSignOn), Outcome> {
    if !app.sign_on_pace.go(app.flow.clock().now()) {
        return Err(Outcome::TooMany);
    }
    let (settings, registration) = {
        let mut work = app.flow.store().read().await?;
        let settings = SingleSignOn::read(&mut work).await?;
        if !settings.enabled {
            return Err(Outcome::NotSetUp);
        }
        let registration = settings.clone().registration(&mut work, &app.home).await?;
        (settings, registration)
    };
    let provider = Provider::discover(app.identity.clone(), registration).await?;
    Ok((provider, settings))
}

/// The page that says what happened.
fn said(app: &App, headers: &HeaderMap, outcome: &Outcome) -> Response {
    tracing::info!(
        code = outcome.code(),
        "a sign-in at the identity provider did not succeed"
    );
    let language = accepted(headers);
    Page {
        language,
        texts: outcome.texts(language),
        words: outcome.words(),
        is_good: false,
        back: "/sign-in",
    }
    .respond(&**app.flow.entropy())
}

/// Agents have nothing in the Console.
fn page_for(account: &Account, to: String) -> String {
    let is_desk = ["/desk/", "/outside-line"].contains(&to.as_str());
    match account.role {
        Role::Agent if !is_desk => "/desk/".to_owned(),
        _ if is_own_path(&to) => to,
        _ => "/".to_owned(),
    }
}

/// Only a path of this site: `//elsewhere.example` would lead away.
fn is_own_path(path: &str) -> bool {
    path.strip_prefix('/').is_some_and(|rest| {
        !rest.starts_with(['/', '\\']) && rest.bytes().all(|it| it.is_ascii_graphic())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_leads_to_no_other_site() {
        assert!(is_own_path("/") && is_own_path("/calls?from=2026-01-01"));
        for elsewhere in [
            "",
            "//elsewhere.example",
            "/\\elsewhere.example",
            "https://elsewhere.example",
            "/a\r\nb",
        ] {
            assert!(!is_own_path(elsewhere), "{elsewhere:?}");
        }
    }
}
