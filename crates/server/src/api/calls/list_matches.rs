//! Lists the records that an agent's part of a call may be written to (X3).

use axum::Json;
use axum::extract::Path;
use linecard_crm::EntryKey;
use linecard_flow::Match;
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use crate::access::Admin;
use crate::api::CrmModule;
use crate::problem::Problem;

/// A record that a call may be with. Its texts are whatever somebody typed into the CRM: data,
/// never markup.
#[derive(Serialize, ToSchema)]
pub(super) struct CallMatch {
    /// The connection whose record it is.
    connection: String,
    /// The name of that CRM.
    #[schema(example = "Salesforce")]
    crm: String,
    /// What kind of record.
    module: CrmModule,
    /// The CRM's id of it.
    id: String,
    /// The name there.
    name: String,
    /// The company there.
    #[schema(required)]
    company: Option<String>,
    /// The record's page.
    page: Url,
    /// Whether the call is, or would be, written to it.
    chosen: bool,
}

impl From<Match> for CallMatch {
    fn from(found: Match) -> Self {
        Self {
            connection: found.connection.to_string(),
            crm: found.crm,
            module: found.record.at.module.into(),
            id: found.record.at.id,
            name: found.record.name,
            company: found.record.company,
            page: found.record.page,
            chosen: found.chosen,
        }
    }
}

/// The records that an agent's part of a call may be written to, the best match first.
#[utoipa::path(
    get,
    path = "/entries/{key}/matches",
    tag = "calls",
    params(("key" = String, Path, description = "The entry's key")),
    responses((status = 200, description = "The records", body = Vec<CallMatch>)),
)]
pub(super) async fn list_matches(
    admin: Admin,
    Path(key): Path<String>,
) -> Result<Json<Vec<CallMatch>>, Problem> {
    let matches = admin.flow().matches(&EntryKey::new(key)).await?;
    Ok(Json(matches.into_iter().map(CallMatch::from).collect()))
}
