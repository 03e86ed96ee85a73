//! Changes what a CRM fills a phonebook with (F1, F5, F7, F12, F19).

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use linecard_flow::{SetUpSyncError, SyncTarget};
use serde::Deserialize;
use utoipa::ToSchema;

use super::find;
use super::phonebook::{CrmPhonebook, PhonebookScope, options};
use super::terms::CrmModule;
use crate::access::Admin;
use crate::body::Body;
use crate::problem::{FieldProblem, Problem};

/// What a CRM shall fill a phonebook with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangedPhonebook {
    /// Whether the CRM's contacts are kept in a phonebook.
    on: bool,
    /// The kinds of record that are kept.
    modules: Vec<CrmModule>,
    /// Which of them.
    scope: PhonebookScope,
    /// Whether the CRM is asked about every call, though the phonebook knows the number.
    always_query: bool,
    /// A new phonebook of this name is filled. Together with `existing` absent: the one that is
    /// filled already.
    new: Option<String>,
    /// This phonebook is filled; it must be empty.
    existing: Option<String>,
    /// The version that was read.
    version: i64,
}

impl From<SetUpSyncError> for Problem {
    fn from(error: SetUpSyncError) -> Self {
        let field = |path: &str, code: &'static str, detail: String| {
            Self::invalid(vec![FieldProblem {
                path: path.to_owned(),
                code,
                detail,
            }])
        };
        let detail = error.to_string();
        match error {
            SetUpSyncError::NoConnection => Self::new(StatusCode::NOT_FOUND, "not_found", detail),
            SetUpSyncError::NoModules => field("/modules", "required", detail),
            SetUpSyncError::NoTarget | SetUpSyncError::NoName => field("/new", "required", detail),
            SetUpSyncError::NameTaken => field("/new", "name_taken", detail),
            SetUpSyncError::NoPhonebook => field("/existing", "unknown", detail),
            SetUpSyncError::NotEmpty { .. } => field("/existing", "not_empty", detail),
            SetUpSyncError::OtherConnection => field("/existing", "other_crm_fills", detail),
            SetUpSyncError::Conflict(last) => Self::changed_meanwhile(last),
            SetUpSyncError::Store(error) => error.into(),
        }
    }
}

/// Changes what a CRM fills a phonebook with, and begins to fill it.
#[utoipa::path(
    put,
    path = "/crm/{kind}/phonebook",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    request_body = ChangedPhonebook,
    responses((status = 200, description = "The phonebook now", body = CrmPhonebook)),
)]
pub(super) async fn put_phonebook(
    admin: Admin,
    Path(kind): Path<String>,
    Body(wanted): Body<ChangedPhonebook>,
) -> Result<Json<CrmPhonebook>, Problem> {
    let flow = admin.flow();
    let stored = find(flow, &kind).await?;
    let target = match (wanted.existing, wanted.new) {
        (Some(id), _) => SyncTarget::Existing(id.parse().map_err(|_| SetUpSyncError::NoPhonebook)?),
        (None, Some(name)) => SyncTarget::New(name),
        (None, None) => SyncTarget::Keep,
    };
    let options = options(wanted.on, wanted.modules, wanted.scope, wanted.always_query);
    flow.sync()
        .set_up(
            stored.id,
            wanted.version,
            target,
            &options,
            Some(admin.account.id),
        )
        .await?;
    Ok(Json(CrmPhonebook::read(flow, stored.id).await?))
}
