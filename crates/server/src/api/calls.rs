//! The calls there were, and what was written about them.

mod entry;
mod leg;
mod list_calls;
mod list_matches;
mod log_later;
mod put_late_parts;
mod put_record;

pub(crate) use entry::EntryState;
pub(crate) use put_late_parts::{LONGEST_DISPOSITION, LONGEST_NOTE};

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_calls::list_calls))
        .routes(routes!(put_late_parts::put_late_parts))
        .routes(routes!(list_matches::list_matches))
        .routes(routes!(put_record::put_record))
        .routes(routes!(log_later::log_later))
}
