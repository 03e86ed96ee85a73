//! Lets nobody sign in with an account any more.

use axum::Json;
use axum::extract::Path;
use linecard_store::AuditKind;

use super::{Account, deed, find, find_other, not_in_emergency};
use crate::access::AdminInPerson;
use crate::problem::Problem;

/// Lets nobody sign in with an account any more. Its sessions end, its open Desks close, its links
/// and its API keys count no more, all at once.
#[utoipa::path(
    post,
    path = "/accounts/{id}/disable",
    tag = "accounts",
    params(("id" = String, Path, description = "The account")),
    responses((status = 200, description = "As it is now", body = Account)),
)]
pub(super) async fn disable_account(
    AdminInPerson(admin): AdminInPerson,
    Path(named): Path<String>,
) -> Result<Json<Account>, Problem> {
    let now = admin.flow().clock().now();
    let mut work = admin.flow().store().begin().await?;
    let account = find_other(&mut work, &admin, &named).await?;
    not_in_emergency(&mut work, account.id).await?;
    if account.disabled.is_none() {
        work.accounts().set_disabled(account.id, Some(now)).await?;
        work.sessions().delete_of(account.id, None).await?;
        work.sign_in_links().delete_of(account.id).await?;
        work.invitations().forget(account.id).await?;
        work.audit()
            .done(&deed(&admin, AuditKind::AccountDisable, &account))
            .await?;
    }
    let account = find(&mut work, &named).await?;
    let id = account.id;
    let account = Account::read(&mut work, account, now).await?;
    work.commit().await?;
    admin.app().doors.knock(id);
    Ok(Json(account))
}
