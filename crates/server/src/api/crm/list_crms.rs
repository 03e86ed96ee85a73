//! The tiles: every kind of CRM and how it is (A1).

use axum::Json;
use linecard_flow::Flow;
use linecard_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

use super::CrmStatus;
use super::problem::CrmProblem;
use crate::access::Supervisor;
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
    /// Why it does not work.
    #[schema(required)]
    problem: Option<CrmProblem>,
}

/// Every kind of CRM and how it is: those that are set up in their order of precedence, then the
/// others.
#[utoipa::path(
    get,
    path = "/crm",
    tag = "crm",
    responses((status = 200, description = "All of them", body = Vec<CrmTile>)),
)]
pub(super) async fn list_crms(caller: Supervisor) -> Result<Json<Vec<CrmTile>>, Problem> {
    Ok(Json(tiles(caller.flow()).await?))
}

pub(super) async fn tiles(flow: &Flow) -> Result<Vec<CrmTile>, StoreError> {
    let connections = flow.store().read().await?.connections().list().await?;
    let place = |kind: &str| connections.iter().position(|it| it.kind == kind);
    let mut tiles: Vec<_> = flow
        .connections()
        .connectors()
        .iter()
        .map(|connector| {
            let info = connector.info();
            let connection = place(info.kind).and_then(|at| connections.get(at));
            let trouble = connection.and_then(|it| flow.connections().trouble(it.id));
            CrmTile {
                kind: info.kind,
                name: info.name,
                status: CrmStatus::of(connection, trouble.as_ref()),
                problem: CrmProblem::of(
                    connection.and_then(|it| it.paused),
                    connection.and_then(|it| it.problem.clone()),
                    trouble,
                ),
            }
        })
        .collect();
    tiles.sort_by_key(|tile| place(tile.kind).unwrap_or(usize::MAX));
    Ok(tiles)
}
