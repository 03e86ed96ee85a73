//! Lists the audit log, the newest first.

use std::net::IpAddr;

use axum::Json;
use axum::extract::Query;
use jiff::Timestamp;
use linecard_store::AuditEntry as Stored;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::access::Admin;
use crate::api::cursor::Cursor;
use crate::problem::Problem;

/// How many entries a page has unless asked otherwise, and at most.
const PAGE: usize = 50;
const LARGEST_PAGE: usize = 200;

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// The `next` of the page before.
    before: Option<String>,
    /// How many at most: 1 to 200, 50 unless said.
    limit: Option<usize>,
    /// Only what came from this network address.
    #[param(value_type = Option<String>, example = "192.0.2.7")]
    address: Option<IpAddr>,
}

/// A page of the audit log.
#[derive(Serialize, ToSchema)]
pub(super) struct AuditPage {
    /// The newest first.
    entries: Vec<AuditEntry>,
    /// Asks for the next page; `null`: this is the last one.
    #[schema(required)]
    next: Option<String>,
}

/// Something that was done, or tried.
#[derive(Serialize, ToSchema)]
struct AuditEntry {
    /// Its id.
    id: String,
    /// When.
    at: Timestamp,
    /// The account that did it.
    account: String,
    /// Whose account that is.
    #[schema(required)]
    account_name: Option<String>,
    /// What was done: `dial`, `contact_change`.
    kind: &'static str,
    /// The phone system it was done on.
    #[schema(required)]
    phone_system: Option<String>,
    /// The phone system's id of the call.
    #[schema(required)]
    call: Option<String>,
    /// The extension in whose name.
    #[schema(required)]
    extension: Option<String>,
    /// The number that was called; where it could not be read, what was typed.
    #[schema(required)]
    number: Option<String>,
    /// The name of what was changed, as it was then.
    #[schema(required)]
    subject: Option<String>,
    /// How many contacts it concerned.
    #[schema(required)]
    amount: Option<u64>,
    /// The network address it came from, behind a trusted proxy the client's own. `null`: Linecard
    /// did it by itself, or it was not kept then.
    #[schema(required, value_type = Option<String>, example = "192.0.2.7")]
    address: Option<IpAddr>,
    /// What came of it: `answered`, `done`, or why not. `null`: under way, or not known.
    #[schema(required, example = "own_phone_busy")]
    result: Option<String>,
}

/// Who placed which call by a click, and what came of it, also what was tried and refused; and who
/// changed which phonebook.
#[utoipa::path(
    get,
    path = "/audit",
    tag = "audit",
    params(Which),
    responses((status = 200, description = "A page of it", body = AuditPage)),
)]
pub(super) async fn list_audit(
    admin: Admin,
    Query(which): Query<Which>,
) -> Result<Json<AuditPage>, Problem> {
    let before = Cursor::before(which.before)?;
    let limit = which.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let mut work = admin.flow().store().read().await?;
    let mut entries = work
        .audit()
        .recent(before.map(|it| (it.at, it.id)), which.address, limit + 1)
        .await?;
    let next = Cursor::next(&mut entries, limit, |last| Cursor {
        at: last.at,
        id: last.id,
    });
    let entries = entries.into_iter().map(AuditEntry::from).collect();
    Ok(Json(AuditPage { entries, next }))
}

impl From<Stored> for AuditEntry {
    fn from(stored: Stored) -> Self {
        Self {
            id: stored.id.to_string(),
            at: stored.at,
            account: stored.account.to_string(),
            account_name: stored.account_name,
            kind: stored.kind.as_str(),
            phone_system: stored.phone_system.map(|id| id.to_string()),
            call: stored.call,
            extension: stored.extension.map(String::from),
            number: stored.number,
            subject: stored.subject,
            amount: stored.amount,
            address: stored.address,
            result: stored.result,
        }
    }
}
