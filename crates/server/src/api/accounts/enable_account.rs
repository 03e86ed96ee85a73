//! Lets a disabled account be used again.

use axum::Json;
use axum::extract::Path;
use linecard_store::AuditKind;

use super::{Account, deed, find, find_other};
use crate::access::AdminInPerson;
use crate::problem::Problem;

/// Lets a disabled account be used again, with the password it had, or by a new link.
#[utoipa::path(
    post,
    path = "/accounts/{id}/enable",
    tag = "accounts",
    params(("id" = String, Path, description = "The account")),
    responses((status = 200, description = "As it is now", body = Account)),
)]
pub(super) async fn enable_account(
    AdminInPerson(admin): AdminInPerson,
    Path(id): Path<String>,
) -> Result<Json<Account>, Problem> {
    let mut work = admin.flow().store().begin().await?;
    let account = find_other(&mut work, &admin, &id).await?;
    if account.disabled.is_some() {
        work.accounts().set_disabled(account.id, None).await?;
        work.audit()
            .done(&deed(&admin, AuditKind::AccountEnable, &account))
            .await?;
    }
    let account = find(&mut work, &id).await?;
    let account = Account::read(&mut work, account, admin.flow().clock().now()).await?;
    work.commit().await?;
    Ok(Json(account))
}
