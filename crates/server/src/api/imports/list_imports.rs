//! Lists the imports into a phonebook.

use axum::Json;
use axum::extract::Path;
use serde::Serialize;
use utoipa::ToSchema;

use super::Import;
use crate::access::Admin;
use crate::api::phonebooks::phonebook_id;
use crate::problem::Problem;

/// How many are listed.
const LISTED: usize = 20;

/// The imports into a phonebook.
#[derive(Serialize, ToSchema)]
pub(super) struct ImportList {
    /// The newest first; 20 at most.
    imports: Vec<Import>,
}

/// The newest imports into a phonebook.
#[utoipa::path(
    get,
    path = "/phonebooks/{id}/imports",
    tag = "imports",
    params(("id" = String, Path, description = "The phonebook")),
    responses((status = 200, description = "The newest 20", body = ImportList)),
)]
pub(super) async fn list_imports(
    admin: Admin,
    Path(id): Path<String>,
) -> Result<Json<ImportList>, Problem> {
    let imports = admin.flow().imports();
    let listed = imports.of_phonebook(phonebook_id(&id)?, LISTED).await?;
    Ok(Json(ImportList {
        imports: listed.into_iter().map(Import::from).collect(),
    }))
}
