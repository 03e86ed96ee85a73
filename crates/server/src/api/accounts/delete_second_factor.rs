//! Removes somebody's second factor.

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_store::AuditKind;

use super::{deed, find_other};
use crate::access::AdminInPerson;
use crate::problem::Problem;

/// Removes the second factor of somebody who has lost the device and the recovery codes.
#[utoipa::path(
    delete,
    path = "/accounts/{id}/second-factor",
    tag = "accounts",
    params(("id" = String, Path, description = "The account")),
    responses((status = 204, description = "Gone")),
)]
pub(super) async fn delete_second_factor(
    AdminInPerson(admin): AdminInPerson,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let mut work = admin.flow().store().begin().await?;
    let account = find_other(&mut work, &admin, &id).await?;
    if account.second_factor {
        work.second_factors().delete(account.id).await?;
        work.audit()
            .done(&deed(&admin, AuditKind::SecondFactorOff, &account))
            .await?;
    }
    work.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
