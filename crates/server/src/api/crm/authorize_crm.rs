//! Starts the sign-in at a CRM.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use super::connect_crm::not_connected;
use super::connection::{home_address, redirect_uri};
use super::find;
use crate::access::Admin;
use crate::problem::Problem;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("No home address has been picked. Pick one and save first.")]
    NoHomeAddress,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::new(StatusCode::CONFLICT, "not_set_up", error)
    }
}

/// Where to send the admin's browser.
#[derive(Serialize, ToSchema)]
pub(super) struct ConsentPage {
    /// The CRM's consent page, to be opened in a new tab.
    url: Url,
}

/// Starts the sign-in at a CRM: the page that is answered asks for consent and sends the browser
/// back. It works once, for the admin who asked.
#[utoipa::path(
    post,
    path = "/crm/{kind}/authorize",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 200, description = "The page to open", body = ConsentPage)),
)]
pub(super) async fn authorize_crm(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<Json<ConsentPage>, Problem> {
    let flow = admin.flow();
    let stored = find(flow, &kind).await?;
    let home = home_address(&stored).ok_or(Error::NoHomeAddress)?;
    let url = flow
        .connections()
        .authorize(stored.id, admin.account.id, redirect_uri(&home, &kind))
        .await
        .map_err(not_connected)?;
    Ok(Json(ConsentPage { url }))
}
