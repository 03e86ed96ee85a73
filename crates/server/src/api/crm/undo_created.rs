//! Takes created records out of the CRM again (G11).

use axum::Json;
use axum::extract::Path;
use linecard_flow::Undone;
use linecard_store::CreationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::find;
use crate::access::Admin;
use crate::body::Body;
use crate::crm_advice::{CrmAdvice, told};
use crate::problem::{FieldProblems, Problem};

/// As many as a page of the list can have.
const MOST: usize = 200;

/// Which records are to be removed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UndoCreated {
    /// The ids from the list; at most 200.
    ids: Vec<String>,
    /// Records that somebody has changed since stay.
    keep_touched: bool,
}

/// What became of them.
#[derive(Serialize, ToSchema)]
pub(super) struct UndoneCreated {
    /// One for each that was named.
    records: Vec<UndoneRecord>,
}

/// What became of one record that was to be removed.
#[derive(Serialize, ToSchema)]
struct UndoneRecord {
    /// Its id in the list.
    id: String,
    /// What became of it.
    result: UndoneResult,
    /// The CRM's words, where it refused.
    #[schema(required)]
    words: Option<String>,
    /// What Linecard knows about it.
    #[schema(required)]
    advice: Option<CrmAdvice>,
}

/// What became of a record that was to be removed.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum UndoneResult {
    /// It is out of the CRM.
    Removed,
    /// Somebody has made it their own; it stays.
    Touched,
    /// Linecard did not create it, or it was removed before.
    NotOurs,
    /// The CRM did not remove it.
    Failed,
}

/// Takes created records out of the CRM again.
#[utoipa::path(
    post,
    path = "/crm/{kind}/created/undo",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    request_body = UndoCreated,
    responses((status = 200, description = "What became of each", body = UndoneCreated)),
)]
pub(super) async fn undo_created(
    admin: Admin,
    Path(kind): Path<String>,
    Body(wanted): Body<UndoCreated>,
) -> Result<Json<UndoneCreated>, Problem> {
    let flow = admin.flow();
    find(flow, &kind).await?;
    let mut fields = FieldProblems::default();
    if wanted.ids.len() > MOST {
        fields.add(
            "/ids",
            "too_many",
            format_args!("At most {MOST} at a time."),
        );
    }
    let mut ids = Vec::with_capacity(wanted.ids.len());
    for (index, id) in wanted.ids.iter().enumerate() {
        match id.parse::<CreationId>() {
            Ok(id) => ids.push(id),
            Err(_) => fields.add(
                format!("/ids/{index}"),
                "unknown",
                "This is no id from the list.",
            ),
        }
    }
    fields.finish()?;
    let undone = flow.creating().undo(&ids, wanted.keep_touched).await?;
    let records = undone.into_iter().map(|(id, what)| {
        let (result, said) = match what {
            Undone::Removed => (UndoneResult::Removed, None),
            Undone::Touched => (UndoneResult::Touched, None),
            Undone::NotOurs => (UndoneResult::NotOurs, None),
            Undone::Failed(failure) => (UndoneResult::Failed, Some(failure.said().clone())),
        };
        let (words, advice) = told(said);
        UndoneRecord {
            id: id.to_string(),
            result,
            words,
            advice,
        }
    });
    Ok(Json(UndoneCreated {
        records: records.collect(),
    }))
}
