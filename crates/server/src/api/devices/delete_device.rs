//! Signs anybody's device out.

use axum::extract::Path;
use axum::http::StatusCode;

use super::take_back;
use crate::access::AdminInPerson;
use crate::problem::Problem;

/// Signs an agent's device out: it can do nothing more from this moment.
#[utoipa::path(
    delete,
    path = "/devices/{id}",
    tag = "devices",
    params(("id" = String, Path, description = "The device")),
    responses((status = 204, description = "Gone")),
)]
pub(super) async fn delete_device(
    AdminInPerson(admin): AdminInPerson,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    take_back(admin.app(), admin.account.id, None, &id).await
}
