//! Binds CRM users to extensions (B5, B6, B7).

use std::collections::HashSet;

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use linecard_number::Extension;
use linecard_store::{Binding as StoredBinding, ReplaceBindingsError};
use serde::Deserialize;
use utoipa::ToSchema;

use super::bindings::CrmUsers;
use super::find;
use crate::access::Admin;
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("{0}.")]
    Replace(#[from] ReplaceBindingsError),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Replace(ReplaceBindingsError::Store(error)) => error.into(),
            Error::Replace(ReplaceBindingsError::ExtensionTwice(_)) => {
                Self::new(StatusCode::CONFLICT, "extension_taken", error)
            }
        }
    }
}

/// Every binding there is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PutBindings {
    /// These replace all that were there.
    bindings: Vec<Binding>,
}

/// One extension of one CRM user.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Binding {
    /// The CRM's id of the person.
    crm_user: String,
    /// The extension; a person may have several, an extension has one person.
    extension: String,
}

/// Binds CRM users to extensions. From now on the calls of a bound extension are logged.
#[utoipa::path(
    put,
    path = "/crm/{kind}/bindings",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    request_body = PutBindings,
    responses((status = 200, description = "All users now", body = CrmUsers)),
)]
pub(super) async fn put_bindings(
    admin: Admin,
    Path(kind): Path<String>,
    Body(wanted): Body<PutBindings>,
) -> Result<Json<CrmUsers>, Problem> {
    let flow = admin.flow();
    let stored = find(flow, &kind).await?;
    let mut work = flow.store().begin().await?;
    let users: HashSet<_> = work
        .crm_users()
        .list(stored.id)
        .await?
        .into_iter()
        .map(|user| user.id)
        .collect();
    let extensions: HashSet<_> = work
        .extensions()
        .list()
        .await?
        .into_iter()
        .map(|entry| entry.number)
        .collect();

    let mut fields = FieldProblems::default();
    let mut taken = HashSet::new();
    let mut bindings = Vec::with_capacity(wanted.bindings.len());
    for (index, binding) in wanted.bindings.into_iter().enumerate() {
        let path = format!("/bindings/{index}/extension");
        let Some(extension) = fields.take(
            &path,
            "not_an_extension",
            Extension::try_from(binding.extension),
        ) else {
            continue;
        };
        if !extensions.contains(&extension) {
            fields.add(&path, "unknown", "There is no such extension.");
        } else if !taken.insert(extension.clone()) {
            fields.add(
                &path,
                "extension_taken",
                "This extension is bound to two users.",
            );
        }
        if !users.contains(&binding.crm_user) {
            fields.add(
                format!("/bindings/{index}/crm_user"),
                "unknown",
                "The CRM has no such user. Fetch the users anew.",
            );
        }
        bindings.push(StoredBinding {
            connection: stored.id,
            crm_user: binding.crm_user,
            extension,
        });
    }
    fields.finish()?;
    work.bindings()
        .replace(stored.id, bindings)
        .await
        .map_err(Error::Replace)?;
    work.commit().await?;
    flow.directory_changed().await?;
    let mut work = flow.store().read().await?;
    Ok(Json(CrmUsers::read(&mut work, &stored).await?))
}
