//! Chooses the language of the pages.

use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Language;
use crate::access::SignedIn;
use crate::body::Body;
use crate::problem::Problem;

/// The language wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SetLanguage {
    /// The language wanted.
    language: Language,
}

/// Chooses the language of the pages for the account, on every device.
#[utoipa::path(
    put,
    path = "/session/language",
    tag = "session",
    request_body = SetLanguage,
    responses((status = 204, description = "Kept")),
)]
pub(super) async fn set_language(
    caller: SignedIn,
    Body(wanted): Body<SetLanguage>,
) -> Result<StatusCode, Problem> {
    caller.set_language(wanted.language).await?;
    Ok(StatusCode::NO_CONTENT)
}
