//! Lists the rows that an import did not take.

use axum::Json;
use axum::extract::{Path, Query};
use linecard_store::Refusal;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::import_id;
use crate::access::Admin;
use crate::problem::Problem;

/// How many rows a page has at most.
const PAGE: usize = 100;

/// Which rows.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Those after this row.
    #[serde(default)]
    #[param(format = "uint64")]
    after: u64,
}

/// Rows that were not taken.
#[derive(Serialize, ToSchema)]
pub(super) struct RefusedRows {
    /// In the file's order; 100 at most.
    rows: Vec<RefusedRow>,
}

/// A row that was not taken.
#[derive(Serialize, ToSchema)]
struct RefusedRow {
    /// Which row, from 1, as a spreadsheet counts.
    row: u64,
    /// Which line of the text it begins in, from 1.
    line: u64,
    /// The column that is at fault, from 1.
    #[schema(required)]
    column: Option<u64>,
    /// Why; stable.
    #[schema(example = "not_a_number")]
    code: String,
    /// The same in English.
    detail: String,
    /// The row's beginning.
    shown: String,
}

/// The rows that an import did not take, and why. Of more than 100,000 only the first are listed.
#[utoipa::path(
    get,
    path = "/imports/{id}/refused",
    tag = "imports",
    params(("id" = String, Path, description = "The import"), Which),
    responses((status = 200, description = "A page of them", body = RefusedRows)),
)]
pub(super) async fn list_refused_rows(
    admin: Admin,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Json<RefusedRows>, Problem> {
    let id = import_id(&id)?;
    let mut work = admin.flow().store().read().await?;
    let rows = work.imports().refusals(id, which.after, PAGE).await?;
    Ok(Json(RefusedRows {
        rows: rows.into_iter().map(RefusedRow::from).collect(),
    }))
}

impl From<Refusal> for RefusedRow {
    fn from(refusal: Refusal) -> Self {
        Self {
            row: refusal.row,
            line: refusal.line,
            column: refusal.column,
            code: refusal.code,
            detail: refusal.detail,
            shown: refusal.shown,
        }
    }
}
