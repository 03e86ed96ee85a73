//! Lists the calls, the newest first.

use axum::Json;
use axum::extract::Query;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::call::{Call, Teller};
use super::which::WhichCalls;
use crate::access::CallReader;
use crate::api::cursor::Cursor;
use crate::problem::Problem;

/// How many calls a page has unless asked otherwise, and at most.
const PAGE: usize = 50;
const LARGEST_PAGE: usize = 200;

/// Which page.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Page {
    /// The `next` of the page before.
    before: Option<String>,
    /// How many at most: 1 to 200, 50 unless said.
    limit: Option<usize>,
}

/// A page of the call list.
#[derive(Serialize, ToSchema)]
pub(super) struct CallPage {
    /// The newest first.
    calls: Vec<Call>,
    /// Asks for the next page; `null`: this is the last one.
    #[schema(required)]
    next: Option<String>,
}

/// The calls, the newest first, with what was written about them. Agents see their own extension's,
/// and the numbers in them only where these are not hidden.
#[utoipa::path(
    get,
    path = "/calls",
    tag = "calls",
    params(WhichCalls, Page),
    responses((status = 200, description = "A page of them", body = CallPage)),
)]
pub(super) async fn list_calls(
    reader: CallReader,
    Query(which): Query<WhichCalls>,
    Query(page): Query<Page>,
) -> Result<Json<CallPage>, Problem> {
    let before = Cursor::before(page.before)?;
    let limit = page.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let organisation = reader.flow().organisation().await?;
    let filter = reader.confined(which.read(&organisation, &reader.flow().plan())?)?;

    let mut work = reader.flow().store().read().await?;
    let mut stored = work
        .calls()
        .find_page(&filter, before.map(|it| (it.at, it.id)), limit + 1)
        .await?;
    let next = Cursor::next(&mut stored, limit, |last| Cursor {
        at: last.call.started,
        id: last.id,
    });
    let teller = Teller::read(&mut work, &reader).await?;
    let calls = teller.tell(&mut work, stored).await?;
    Ok(Json(CallPage { calls, next }))
}
