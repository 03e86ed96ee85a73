//! The calls there were, what was written about them, and how many there were.

mod call;
mod entry;
mod export_calls;
mod get_figures;
mod leg;
mod list_calls;
mod list_matches;
mod list_queues;
mod log_later;
mod put_late_parts;
mod put_record;
mod replay_entry;
mod sound;
mod which;

pub(crate) use entry::EntryState;
pub(crate) use put_late_parts::{LONGEST_DISPOSITION, LONGEST_NOTE};

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_calls::list_calls))
        .routes(routes!(list_queues::list_queues))
        .routes(routes!(export_calls::export_calls))
        .routes(routes!(get_figures::get_figures))
        .routes(routes!(put_late_parts::put_late_parts))
        .routes(routes!(list_matches::list_matches))
        .routes(routes!(put_record::put_record))
        .routes(routes!(log_later::log_later))
        .routes(routes!(replay_entry::replay_entry))
}
