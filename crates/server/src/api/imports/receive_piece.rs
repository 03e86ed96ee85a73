//! Takes a piece of a file of contacts.

use axum::Json;
use axum::extract::{Path, Query};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Import, import_id};
use crate::access::Admin;
use crate::body::Piece;
use crate::problem::Problem;

/// How many bytes a piece may have.
pub(super) const LONGEST: usize = 4 * 1024 * 1024;

/// Which piece.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Where {
    /// How many bytes of the file stand before it: what `received` said last.
    from: u64,
}

/// Takes the next piece of a file, of 4 MiB at most. After the last one the import is ready.
#[utoipa::path(
    put,
    path = "/imports/{id}/file",
    tag = "imports",
    params(("id" = String, Path, description = "The import"), Where),
    request_body(content = Option<String>, content_type = "application/octet-stream"),
    responses((status = 200, description = "Taken", body = Import)),
)]
pub(super) async fn receive_piece(
    admin: Admin,
    Path(id): Path<String>,
    Query(place): Query<Where>,
    Piece(piece): Piece,
) -> Result<Json<Import>, Problem> {
    let imports = admin.flow().imports();
    let import = imports
        .receive(import_id(&id)?, place.from, piece.into())
        .await?;
    Ok(Json(import.into()))
}
