//! Changes for how many days what is kept.

use axum::Json;
use linecard_flow::KeepingDays;
use linecard_store::{AuditKind, DataKind};

use super::{Keeping, KeepingChoice};
use crate::access::Admin;
use crate::api::phonebooks::write_down;
use crate::body::Body;
use crate::problem::Problem;

/// Changes for how many days each kind of data is kept. What is older is deleted soon, and cannot be
/// brought back.
#[utoipa::path(
    put,
    path = "/keeping",
    tag = "keeping",
    request_body = KeepingChoice,
    responses((status = 200, description = "What is chosen now", body = Keeping)),
)]
pub(super) async fn put_keeping(
    admin: Admin,
    Body(wanted): Body<KeepingChoice>,
) -> Result<Json<Keeping>, Problem> {
    let flow = admin.flow();
    let wanted = wanted.check()?;
    let mut work = flow.store().begin().await?;
    let before = flow.keeping().days(&mut work).await?;
    flow.keeping().put(&mut work, wanted).await?;
    let (kind, said) = (AuditKind::KeepingChange, said(&before, &wanted));
    write_down(&mut work, &admin.account, kind, said, None).await?;
    let days = flow.keeping().days(&mut work).await?;
    let now = Keeping::read(days, &mut work).await?;
    work.commit().await?;
    flow.keeping().look();
    Ok(Json(now))
}

/// What was changed, for the audit log: `calls 730 → 365, audit 365 → ∞`.
fn said(before: &KeepingDays, now: &KeepingDays) -> String {
    let days = |days: Option<u16>| days.map_or_else(|| "∞".to_owned(), |days| days.to_string());
    let changed = DataKind::ALL.into_iter().filter_map(|kind| {
        let (before, now) = (before.of(kind), now.of(kind));
        let said = || format!("{} {} → {}", kind.as_str(), days(before), days(now));
        (before != now).then(said)
    });
    changed.collect::<Vec<_>>().join(", ")
}
