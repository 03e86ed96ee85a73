//! The tiles: every kind of CRM and how it is (A1).

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use super::CrmStatus;
use crate::access::Admin;
use crate::problem::Problem;

/// A kind of CRM.
#[derive(Serialize, ToSchema)]
pub(super) struct CrmTile {
    /// Its name in addresses.
    #[schema(example = "salesforce")]
    kind: &'static str,
    /// Its name for people.
    #[schema(example = "Salesforce")]
    name: &'static str,
    /// How its connection is.
    status: CrmStatus,
}

/// Every kind of CRM and how it is.
#[utoipa::path(
    get,
    path = "/crm",
    tag = "crm",
    responses((status = 200, description = "All of them", body = Vec<CrmTile>)),
)]
pub(super) async fn list_crms(admin: Admin) -> Result<Json<Vec<CrmTile>>, Problem> {
    let mut work = admin.flow().store().read().await?;
    let connections = work.connections().list().await?;
    let tiles = admin
        .flow()
        .connections()
        .connectors()
        .iter()
        .map(|connector| {
            let info = connector.info();
            let connection = connections.iter().find(|it| it.kind == info.kind);
            CrmTile {
                kind: info.kind,
                name: info.name,
                status: CrmStatus::of(connection),
            }
        })
        .collect();
    Ok(Json(tiles))
}
