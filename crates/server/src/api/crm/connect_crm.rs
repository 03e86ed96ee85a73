//! Connects a CRM for which what is filled in is enough (A18, A20).

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use linecard_flow::AuthorizeError;

use super::asked::failed;
use super::connection::CrmConnection;
use super::find;
use crate::access::Admin;
use crate::problem::Problem;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("This is another organisation than the one connected. Disconnect that one first.")]
    OtherOrganisation,
    #[error("The connection was removed meanwhile. Fill in its settings and save them first.")]
    Gone,
    #[error("The CRM did not accept the sign-in. Its own words say why.")]
    Denied,
}

/// Why a CRM was not connected, as an answer.
pub(super) fn not_connected(error: AuthorizeError) -> Problem {
    let (status, detail) = match error {
        AuthorizeError::Failed(ref failure) => return failed(failure),
        AuthorizeError::Store(error) => return error.into(),
        AuthorizeError::OtherOrganisation { .. } => {
            (StatusCode::CONFLICT, Error::OtherOrganisation)
        }
        AuthorizeError::NoConnector => (StatusCode::CONFLICT, Error::Gone),
        AuthorizeError::UnknownState | AuthorizeError::Denied { .. } => {
            (StatusCode::BAD_GATEWAY, Error::Denied)
        }
    };
    Problem::new(status, error.code(), detail).with_words(error.words())
}

/// Connects a CRM that needs no consent page: asks it whether what is filled in is right.
#[utoipa::path(
    post,
    path = "/crm/{kind}/connect",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 200, description = "Connected", body = CrmConnection)),
)]
pub(super) async fn connect_crm(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<Json<CrmConnection>, Problem> {
    let flow = admin.flow();
    let stored = find(flow, &kind).await?;
    flow.connections()
        .connect(stored.id)
        .await
        .map_err(not_connected)?;
    Ok(Json(CrmConnection::read(flow, &kind).await?))
}
