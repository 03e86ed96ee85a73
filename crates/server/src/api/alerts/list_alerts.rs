//! Lists what people were told of.

use axum::Json;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Admin;
use crate::crm_advice::{CrmAdvice, told};
use crate::problem::Problem;

/// What needs a person now.
#[derive(Serialize, ToSchema)]
pub(super) struct AlertList {
    /// The oldest first.
    alerts: Vec<RaisedAlert>,
}

/// Something that needs a person, of which people were told.
#[derive(Serialize, ToSchema)]
struct RaisedAlert {
    /// How: `link_down`, `crm_needs_person`, `entries_refused`, `quota_nearly_used`, `backlog`,
    /// `webhook_off`, `disk_scarce`, `certificate_ends`, `certificate_refused`.
    #[schema(example = "link_down")]
    kind: String,
    /// The name of what is in trouble.
    name: String,
    /// The page of the Console where it is put right.
    #[schema(example = "/phone-system")]
    page: String,
    /// How much: the percent of a quota, the number of refused entries.
    #[schema(required)]
    amount: Option<u64>,
    /// The other side's words. Data: to be shown as text.
    #[schema(required)]
    words: Option<String>,
    /// What Linecard knows about it.
    #[schema(required)]
    advice: Option<CrmAdvice>,
    /// Since when it is so.
    since: Timestamp,
    /// When people were to be told.
    raised: Timestamp,
    /// Whether mail about it was sent.
    mailed: bool,
}

/// What needs a person now, as far as people were to be told of it.
#[utoipa::path(
    get,
    path = "/alerts",
    tag = "alerts",
    responses((status = 200, description = "All of it", body = AlertList)),
)]
pub(super) async fn list_alerts(admin: Admin) -> Result<Json<AlertList>, Problem> {
    let flow = admin.flow();
    let mut work = flow.store().read().await?;
    let open = flow.alerts().open(&mut work).await?;
    let alerts = open
        .into_iter()
        .map(|alert| {
            let (words, advice) = told(alert.words);
            RaisedAlert {
                kind: alert.kind,
                name: alert.name,
                page: alert.page,
                amount: alert.amount,
                words,
                advice,
                since: alert.since,
                raised: alert.raised,
                mailed: alert.mailed,
            }
        })
        .collect();
    Ok(Json(AlertList { alerts }))
}
