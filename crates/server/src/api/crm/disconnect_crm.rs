//! Ends the connection to a CRM (H3, H4, H6).

use axum::Json;
use axum::extract::{Path, Query};
use linecard_flow::{Disconnected, WaitingWrites};
use linecard_store::AuditKind;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::find;
use crate::access::Admin;
use crate::api::change;
use crate::problem::Problem;

/// What becomes of calls that wait to be written.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Leaving {
    /// Must be given while calls wait.
    #[param(inline)]
    waiting: Option<WaitingCalls>,
}

/// What becomes of calls that wait to be written.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum WaitingCalls {
    /// They are written, and then the connection ends by itself.
    SendFirst,
    /// They are given up.
    Discard,
}

/// How far the end of the connection has come.
#[derive(Serialize, ToSchema)]
pub(super) struct CrmDisconnected {
    /// How far.
    state: DisconnectedState,
    /// How many calls wait.
    writes: u64,
}

/// How far the end of a connection has come.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DisconnectedState {
    /// It is ended.
    Done,
    /// Nothing was done: calls wait, and nobody said what becomes of them.
    Asks,
    /// It ends as soon as the calls are written. Nobody is looked up in it any more.
    Sending,
}

impl From<Disconnected> for CrmDisconnected {
    fn from(disconnected: Disconnected) -> Self {
        let (state, writes) = match disconnected {
            Disconnected::Done => (DisconnectedState::Done, 0),
            Disconnected::Asks(writes) => (DisconnectedState::Asks, writes),
            Disconnected::Sending(writes) => (DisconnectedState::Sending, writes),
        };
        Self { state, writes }
    }
}

/// Ends the connection: takes the consent back at the CRM, and erases settings, bindings and
/// secrets. What was written stays, here and in the CRM.
#[utoipa::path(
    delete,
    path = "/crm/{kind}",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM"), Leaving),
    responses((status = 200, description = "How far it has come", body = CrmDisconnected)),
)]
pub(super) async fn disconnect_crm(
    admin: Admin,
    Path(kind): Path<String>,
    Query(leaving): Query<Leaving>,
) -> Result<Json<CrmDisconnected>, Problem> {
    let stored = find(admin.flow(), &kind).await?;
    let waiting = leaving.waiting.map(|waiting| match waiting {
        WaitingCalls::SendFirst => WaitingWrites::SendFirst,
        WaitingCalls::Discard => WaitingWrites::Discard,
    });
    let connections = admin.flow().connections();
    let disconnected = connections.disconnect(stored.id, waiting).await?;
    if !matches!(disconnected, Disconnected::Asks(_)) {
        change::written(&admin, AuditKind::CrmDisconnect, &kind).await?;
    }
    Ok(Json(disconnected.into()))
}
