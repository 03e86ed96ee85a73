//! Binds CRM users to extensions (B5, B6, B7).

use std::collections::HashSet;

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use linecard_number::Extension;
use linecard_store::{
    AuditKind, Binding as StoredBinding, ExtensionGroup, GroupBinding, ReplaceBindingsError,
    UpdateError,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::bindings::{CrmUsers, version};
use super::find;
use crate::access::Admin;
use crate::api::change;
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
    /// Whose the groups of extensions are; these replace all that were. Left out: as before.
    #[serde(default)]
    groups: Option<Vec<GroupOf>>,
    /// The version that was read. Left out: whatever is there is replaced.
    #[serde(default)]
    version: Option<String>,
}

/// One group of one CRM user.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GroupOf {
    /// The CRM's id of the person.
    crm_user: String,
    /// The group's id; a person may have several, a group has one person.
    group: String,
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
    work.bindings().one_at_a_time(stored.id).await?;
    let is_newest = match &wanted.version {
        Some(read) => *read == version(&mut work, stored.id).await?,
        None => true,
    };
    let met = is_newest.then_some(()).ok_or(UpdateError::Conflict);
    change::unless_met(&mut work, AuditKind::CrmBindingsChange, &stored.kind, met).await?;
    let users: HashSet<_> = work
        .crm_users()
        .list(stored.id)
        .await?
        .into_iter()
        .filter(|user| !user.is_system)
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
            no_such_user(&mut fields, &format!("/bindings/{index}"));
        }
        bindings.push(StoredBinding {
            connection: stored.id,
            crm_user: binding.crm_user,
            extension,
        });
    }
    let known = work.extension_groups().list().await?;
    let groups = wanted
        .groups
        .map(|groups| check_groups(&mut fields, groups, &users, &known));
    fields.finish()?;
    work.bindings()
        .replace(stored.id, bindings)
        .await
        .map_err(Error::Replace)?;
    if let Some(groups) = groups {
        work.extension_groups()
            .replace_bindings(stored.id, &groups)
            .await?;
    }
    let done = AuditKind::CrmBindingsChange;
    change::noted(&mut work, &admin, done, &stored.kind, Ok(())).await?;
    work.commit().await?;
    flow.directory_changed().await?;
    let mut work = flow.store().read().await?;
    Ok(Json(CrmUsers::read(&mut work, &stored).await?))
}

fn no_such_user(fields: &mut FieldProblems, path: &str) {
    fields.add(
        format!("{path}/crm_user"),
        "unknown",
        "The CRM has no such user. Fetch the users anew.",
    );
}

/// The groups as they are bound; what cannot be is named in `fields`.
fn check_groups(
    fields: &mut FieldProblems,
    wanted: Vec<GroupOf>,
    users: &HashSet<String>,
    known: &[ExtensionGroup],
) -> Vec<GroupBinding> {
    let mut taken = HashSet::new();
    let mut groups = Vec::with_capacity(wanted.len());
    for (index, GroupOf { crm_user, group }) in wanted.into_iter().enumerate() {
        let path = format!("/groups/{index}");
        if !users.contains(&crm_user) {
            no_such_user(fields, &path);
        }
        let Some(group) = known.iter().find(|it| it.id.to_string() == group) else {
            fields.add(
                format!("{path}/group"),
                "unknown",
                "There is no such group.",
            );
            continue;
        };
        if !taken.insert(group.id) {
            let twice = "This group is bound to two users.";
            fields.add(format!("{path}/group"), "extension_taken", twice);
        }
        groups.push(GroupBinding {
            group: group.id,
            crm_user,
        });
    }
    groups
}
