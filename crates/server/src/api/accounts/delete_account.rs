//! Removes an account.

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_store::AuditKind;

use super::{deed, find_other, not_in_emergency};
use crate::access::AdminInPerson;
use crate::problem::Problem;

/// Removes an account with its sessions, links and API keys. What it did stays in the audit log.
#[utoipa::path(
    delete,
    path = "/accounts/{id}",
    tag = "accounts",
    params(("id" = String, Path, description = "The account")),
    responses((status = 204, description = "Gone")),
)]
pub(super) async fn delete_account(
    AdminInPerson(admin): AdminInPerson,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let mut work = admin.flow().store().begin().await?;
    let account = find_other(&mut work, &admin, &id).await?;
    not_in_emergency(&mut work, account.id).await?;
    work.accounts().delete(account.id).await?;
    work.audit()
        .done(&deed(&admin, AuditKind::AccountDelete, &account))
        .await?;
    work.commit().await?;
    admin.app().doors.knock(account.id);
    Ok(StatusCode::NO_CONTENT)
}
