//! The pages: sign-in and consent, the records, and what goes wrong on the way.
//!
//! Plain HTML without a script, in the browser's language. They look like nobody's product and
//! say on every page that they are a stand-in.

mod consent;
mod home;
mod language;
mod layout;
mod record;
mod timeline;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::html;

use super::stand_in::StandIn;

pub(crate) use consent::{consent, sign_in};
pub(crate) use language::Language;

const STYLE: &str = include_str!("style.css");

pub(crate) fn routes() -> Router<StandIn> {
    Router::new()
        .route("/", get(home::home))
        .route("/style.css", get(style))
        .route("/{id}", get(record::by_id))
        .route(
            "/lightning/r/{object}/{id}/view",
            get(record::by_object_and_id),
        )
        .fallback(record::nothing_here)
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=UTF-8")], STYLE).into_response()
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
    layout::page(language, title, &body, None).status(status)
}
