//! Groups of extensions, which are bound to a CRM user together (B6).

mod create_group;
mod delete_group;
mod list_groups;
mod put_group;

use std::collections::HashSet;

use axum::http::StatusCode;
use linecard_number::Extension;
use linecard_store::{ExtensionGroup as Stored, ExtensionGroupId, StoreError, UnitOfWork};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{FieldProblem, FieldProblems, Problem};
use crate::state::App;

/// More extensions than any list that a person reads.
const MOST_MEMBERS: usize = 5_000;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_groups::list_groups))
        .routes(routes!(create_group::create_group))
        .routes(routes!(put_group::put_group))
        .routes(routes!(delete_group::delete_group))
}

/// What can go wrong with a group that is named.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("There is no such group; somebody may have removed it.")]
    Unknown,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Unknown => Self::new(StatusCode::NOT_FOUND, "not_found", error),
        }
    }
}

/// Extensions that go together.
#[derive(Serialize, ToSchema)]
struct ExtensionGroup {
    /// Names it.
    id: String,
    /// The name for people.
    #[schema(example = "Sales")]
    name: String,
    /// Its extensions; an extension may be in several groups.
    #[schema(example = json!(["101", "102"]))]
    extensions: Vec<String>,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

impl From<Stored> for ExtensionGroup {
    fn from(stored: Stored) -> Self {
        Self {
            id: stored.id.to_string(),
            name: stored.name,
            extensions: stored.members.into_iter().map(String::from).collect(),
            version: stored.version,
        }
    }
}

/// The group of that id. What is no id names none.
fn group_id(text: &str) -> Result<ExtensionGroupId, Error> {
    text.parse().map_err(|_| Error::Unknown)
}

async fn find(work: &mut UnitOfWork, id: ExtensionGroupId) -> Result<Stored, Problem> {
    let group = work.extension_groups().get(id).await?;
    Ok(group.ok_or(Error::Unknown)?)
}

/// The extensions of a group; what cannot be one is named in `fields`.
async fn members(
    work: &mut UnitOfWork,
    fields: &mut FieldProblems,
    texts: Vec<String>,
) -> Result<Vec<Extension>, StoreError> {
    if texts.len() > MOST_MEMBERS {
        fields.add(
            "/extensions",
            "too_many",
            format_args!("There may be at most {MOST_MEMBERS} of them."),
        );
        return Ok(Vec::new());
    }
    let known = work.extensions().list().await?;
    let known: HashSet<Extension> = known.into_iter().map(|entry| entry.number).collect();
    let mut members = Vec::with_capacity(texts.len());
    for (index, text) in texts.into_iter().enumerate() {
        let path = format!("/extensions/{index}");
        let taken = fields.take(&path, "not_an_extension", Extension::try_from(text));
        match taken {
            Some(extension) if known.contains(&extension) => members.push(extension),
            Some(_) => fields.add(path, "unknown", "There is no such extension."),
            None => {}
        }
    }
    Ok(members)
}

fn name_taken() -> Problem {
    Problem::invalid(vec![FieldProblem {
        path: "/name".to_owned(),
        code: "name_taken",
        detail: "There is a group of that name.".to_owned(),
    }])
}
