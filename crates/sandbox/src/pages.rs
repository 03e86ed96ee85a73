//! What the pages of every stand-in share: their look, their language, their headers.
//!
//! Plain HTML without a script, in the browser's language. They look like nobody's product and
//! say on every page that they are a stand-in.

mod language;
mod layout;
mod sign_in;

use axum::http::header;
use axum::response::{IntoResponse, Response};

pub(crate) use language::Language;
pub(crate) use layout::{Page, page};
pub(crate) use sign_in::SignIn;

const STYLE: &str = include_str!("pages/style.css");

/// The sheet that every page asks for at `/style.css`.
pub(crate) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=UTF-8")], STYLE).into_response()
}
