//! Says which CRM comes first (A2).

use std::collections::HashSet;

use axum::Json;
use linecard_store::AuditKind;
use serde::Deserialize;
use utoipa::ToSchema;

use super::list_crms::{CrmTile, tiles};
use crate::access::Admin;
use crate::api::change;
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

/// The CRMs that are set up, the one that comes first first.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CrmOrder {
    /// Their kinds; each of those that are set up, once.
    #[schema(example = json!(["salesforce", "zoho"]))]
    order: Vec<String>,
}

/// Says which CRM comes first: a call belongs to the first that knows its number.
#[utoipa::path(
    put,
    path = "/crm-order",
    tag = "crm",
    request_body = CrmOrder,
    responses((status = 200, description = "All CRMs now", body = Vec<CrmTile>)),
)]
pub(super) async fn put_crm_order(
    admin: Admin,
    Body(wanted): Body<CrmOrder>,
) -> Result<Json<Vec<CrmTile>>, Problem> {
    let flow = admin.flow();
    let mut work = flow.store().begin().await?;
    let stored = work.connections().list().await?;
    let mut fields = FieldProblems::default();
    let mut named = HashSet::new();
    let mut order = Vec::with_capacity(stored.len());
    for (index, kind) in wanted.order.iter().enumerate() {
        match stored.iter().find(|connection| connection.kind == *kind) {
            Some(connection) if named.insert(connection.id) => order.push(connection.id),
            _ => fields.add(
                format!("/order/{index}"),
                "unknown",
                "This is no CRM that is set up, or it stands there twice.",
            ),
        }
    }
    fields.finish()?;
    // Whatever was joined meanwhile keeps its place behind those that were named.
    order.extend(
        stored
            .iter()
            .map(|connection| connection.id)
            .filter(|id| !named.contains(id)),
    );
    work.connections().set_order(&order).await?;
    let first = wanted.order.first().map_or("", String::as_str);
    let done = AuditKind::CrmOrderChange;
    change::noted(&mut work, &admin, done, first, Ok(())).await?;
    work.commit().await?;
    flow.directory_changed().await?;
    Ok(Json(tiles(flow).await?))
}
