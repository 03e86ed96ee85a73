//! Proposes bindings by e-mail address (B4).

use std::collections::HashMap;

use axum::Json;
use axum::extract::Path;
use linecard_rules::bind;
use serde::Serialize;
use utoipa::ToSchema;

use super::find;
use crate::access::Admin;
use crate::problem::Problem;

/// What could be bound; nothing has been.
#[derive(Serialize, ToSchema)]
pub(super) struct ProposedBindings {
    /// Every pair with the same e-mail address.
    proposed: Vec<ProposedBinding>,
}

/// A CRM user and an extension with the same e-mail address.
#[derive(Serialize, ToSchema)]
struct ProposedBinding {
    /// The CRM's id of the person.
    crm_user: String,
    /// The person's name in the CRM.
    name: String,
    /// The address that both have.
    #[schema(required)]
    email: Option<String>,
    /// The extension.
    extension: String,
}

/// Proposes to bind CRM users and extensions with the same e-mail address. Nothing is saved.
#[utoipa::path(
    post,
    path = "/crm/{kind}/bindings/auto",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 200, description = "What could be bound", body = ProposedBindings)),
)]
pub(super) async fn propose_bindings(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<Json<ProposedBindings>, Problem> {
    let stored = find(admin.flow(), &kind).await?;
    let mut work = admin.flow().store().read().await?;
    let users = work.crm_users().list(stored.id).await?;
    let extensions: Vec<_> = work
        .extensions()
        .list()
        .await?
        .into_iter()
        .map(|entry| (entry.number, entry.email))
        .collect();
    let proposals = bind::propose(&users, &extensions);
    let by_id: HashMap<_, _> = users.iter().map(|user| (user.id.as_str(), user)).collect();
    let proposed = proposals
        .into_iter()
        .filter_map(|proposal| {
            let user = by_id.get(proposal.crm_user.as_str())?;
            Some(ProposedBinding {
                name: user.name.clone(),
                email: user.email.clone(),
                extension: proposal.extension.into(),
                crm_user: proposal.crm_user,
            })
        })
        .collect();
    Ok(Json(ProposedBindings { proposed }))
}
