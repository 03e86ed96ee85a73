//! The pages: the records, and what has happened with each.

mod home;
mod record;
mod text;
mod timeline;

use axum::Router;
use axum::routing::get;
use maud::Markup;

use super::stand_in::StandIn;
use crate::pages::{self, Language, Page, style};

pub(crate) fn routes() -> Router<StandIn> {
    Router::new()
        .route("/", get(home::home))
        .route("/style.css", get(style))
        .route("/crm/{kind}/details/{id}", get(record::show))
        .route("/crm/{kind}/details/{id}/", get(record::show))
        .route("/company/personal/user/{id}", get(record::user))
        .route("/company/personal/user/{id}/", get(record::user))
        .fallback(record::nothing_here)
}

fn page(language: Language, title: &str, body: &Markup) -> Page {
    pages::page("Bitrix24", language, title, body, None)
}
