//! Makes a group of extensions.

use axum::Json;
use axum::http::StatusCode;
use linecard_store::AuditKind;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ExtensionGroup, find, members, name_taken};
use crate::access::Admin;
use crate::api::input;
use crate::api::phonebooks::write_down;
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

/// A group to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewExtensionGroup {
    /// The name for people; no two groups have the same.
    #[schema(example = "Sales")]
    name: String,
    /// Its extensions.
    #[schema(example = json!(["101", "102"]))]
    extensions: Vec<String>,
}

/// Makes a group of extensions. It is bound to a CRM user where the users' extensions are.
#[utoipa::path(
    post,
    path = "/extension-groups",
    tag = "extensions",
    request_body = NewExtensionGroup,
    responses((status = 201, description = "Made", body = ExtensionGroup)),
)]
pub(super) async fn create_group(
    admin: Admin,
    Body(wanted): Body<NewExtensionGroup>,
) -> Result<(StatusCode, Json<ExtensionGroup>), Problem> {
    let mut fields = FieldProblems::default();
    let name = input::name(&mut fields, "/name", &wanted.name);
    let mut work = admin.flow().store().begin().await?;
    let members = members(&mut work, &mut fields, wanted.extensions).await?;
    fields.finish()?;
    let made = work.extension_groups().create(&name, &members).await?;
    let id = made.ok_or_else(name_taken)?;
    let kind = AuditKind::ExtensionGroupCreate;
    write_down(&mut work, &admin.account, kind, name, None).await?;
    let made = find(&mut work, id).await?;
    work.commit().await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}
