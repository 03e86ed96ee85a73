//! The rows that an import did not take, as a table.

use axum::body::Body;
use axum::extract::Path;
use axum::response::Response;
use futures_util::stream;
use linecard_book::exchange::cell::write_row;
use linecard_flow::Flow;
use linecard_store::{ImportId, StoreError};

use super::export_contacts::download;
use super::import_id;
use crate::access::Admin;
use crate::problem::Problem;

/// How many rows are read at once.
const PIECE: usize = 500;

/// The rows that an import did not take, as a table that is safe in a spreadsheet.
#[utoipa::path(
    get,
    path = "/imports/{id}/refused.csv",
    tag = "imports",
    params(("id" = String, Path, description = "The import")),
    responses((status = 200, description = "Row, line, column, reason, and the row's beginning",
        body = String, content_type = "text/csv")),
)]
pub(super) async fn get_refused_rows(
    admin: Admin,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let import = admin.flow().imports().get(import_id(&id)?).await?;
    let name = format!("{} - not taken", import.file_name);
    let flow = admin.flow().clone();
    let rows = stream::try_unfold(Some(0), move |after| {
        let flow = flow.clone();
        async move {
            match after {
                Some(after) => some(&flow, import.id, after).await,
                None => Ok(None),
            }
        }
    });
    Ok(download(&name, "csv", "text/csv", Body::from_stream(rows)))
}

/// The rows after `after`, and after which row the others come.
async fn some(
    flow: &Flow,
    id: ImportId,
    after: u64,
) -> Result<Option<(String, Option<u64>)>, StoreError> {
    let mut work = flow.store().read().await?;
    let rows = work.imports().refusals(id, after, PIECE).await?;
    let mut text = String::new();
    if after == 0 {
        text.push('\u{feff}');
        write_row(&mut text, ["Row", "Line", "Column", "Reason", "Beginning"]);
    }
    for refusal in &rows {
        let column = refusal.column.map(|column| column.to_string());
        write_row(
            &mut text,
            [
                refusal.row.to_string().as_str(),
                refusal.line.to_string().as_str(),
                column.as_deref().unwrap_or_default(),
                &refusal.detail,
                &refusal.shown,
            ],
        );
    }
    let last = rows.last().map(|refusal| refusal.row);
    Ok(Some((text, last)))
}
