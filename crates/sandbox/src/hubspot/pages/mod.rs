//! The pages: consent, the records, and what goes wrong on the way.

mod body;
mod consent;
mod home;
mod record;
mod timeline;

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};

use super::stand_in::StandIn;
use crate::pages::{self, Language, Page, style};

pub(crate) use consent::consent;

pub(crate) fn routes() -> Router<StandIn> {
    Router::new()
        .route("/", get(home::home))
        .route("/style.css", get(style))
        .route("/contacts/{portal}/record/{kind}/{id}", get(record::record))
}

fn page(language: Language, title: &str, body: &Markup, leads_to: Option<&str>) -> Page {
    pages::page("HubSpot", language, title, body, leads_to)
}

/// For every address that means nothing.
pub(crate) fn nothing_here(headers: &HeaderMap) -> Response {
    missing(Language::of(headers))
}

fn missing(language: Language) -> Response {
    let words = language.pick(
        "There is no record at this address. It may have been archived.",
        "此地址没有记录，可能已被归档。",
    );
    refusal(language, StatusCode::NOT_FOUND, words)
}

/// A page that says why there is nothing else to see.
pub(crate) fn refusal(language: Language, status: StatusCode, words: &str) -> Response {
    let title = language.pick("That did not work", "操作未成功");
    let body = html! {
        section.card {
            h1 { (title) }
            p { (words) }
        }
    };
    page(language, title, &body, None).status(status)
}
