//! Lists the people who can sign in.

use axum::Json;

use super::Account;
use crate::access::Admin;
use crate::problem::Problem;

/// The people who can sign in.
#[utoipa::path(
    get,
    path = "/accounts",
    tag = "accounts",
    responses((status = 200, description = "All of them", body = Vec<Account>)),
)]
pub(super) async fn list_accounts(admin: Admin) -> Result<Json<Vec<Account>>, Problem> {
    let mut work = admin.flow().store().read().await?;
    let accounts = work.accounts().list().await?;
    let mut invited = work.invitations().list().await?;
    let now = admin.flow().clock().now();
    let accounts = accounts.into_iter().map(|account| {
        let invited = invited.remove(&account.id).unwrap_or_default();
        Account::of(account, invited, now)
    });
    Ok(Json(accounts.collect()))
}
