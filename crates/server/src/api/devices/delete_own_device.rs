//! Signs one's own device out.

use axum::extract::Path;
use axum::http::StatusCode;

use super::take_back;
use crate::access::SignedIn;
use crate::problem::Problem;

/// Signs one of one's own devices out: it can do nothing more from this moment.
#[utoipa::path(
    delete,
    path = "/session/devices/{id}",
    tag = "devices",
    params(("id" = String, Path, description = "The device")),
    responses((status = 204, description = "Gone")),
)]
pub(super) async fn delete_own_device(
    person: SignedIn,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let own = person.account.id;
    take_back(person.app(), own, Some(own), &id).await
}
