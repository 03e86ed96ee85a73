//! The pages: sign-in and consent, the records, and what goes wrong on the way.

mod consent;
mod home;
mod record;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};

use super::stand_in::StandIn;
use crate::pages::{self, Language, Page, style};

pub(crate) use consent::{consent, sign_in};

const CRM: &str = "Zoho CRM";

pub(crate) fn routes() -> Router<StandIn> {
    Router::new()
        .route("/", get(home::home))
        .route("/style.css", get(style))
        .route("/crm/tab/{tab}/{id}", get(record::short))
        .route("/crm/{organisation}/tab/{tab}/{id}", get(record::long))
        .fallback(record::nothing_here)
}

fn page(language: Language, title: &str, body: &Markup, leads_to: Option<&str>) -> Page {
    pages::page(CRM, language, title, body, leads_to)
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
