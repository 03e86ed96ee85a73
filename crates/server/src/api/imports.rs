//! Contacts out of files into phonebooks, and out of phonebooks into files.
//!
//! A file is announced, sent in pieces, shown as it would be taken, and started. All that goes on
//! then is asked for: how far it has come, which rows were not taken.

mod cancel_import;
mod create_import;
mod discard_import;
mod export_contacts;
mod get_import;
mod get_refused_rows;
mod list_imports;
mod list_refused_rows;
mod plan;
mod preview_import;
mod receive_piece;
mod resume_import;
mod start_import;
mod undo_import;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use jiff::Timestamp;
use linecard_flow::{ImportError, PlanFault};
use linecard_store::{ImportId, ImportProgress, ImportState};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{FieldProblem, Problem};
use crate::state::App;

pub(super) use export_contacts::download;

pub(super) fn router() -> OpenApiRouter<App> {
    let pieces = OpenApiRouter::new()
        .routes(routes!(receive_piece::receive_piece))
        .layer(DefaultBodyLimit::max(receive_piece::LONGEST));
    OpenApiRouter::new()
        .routes(routes!(create_import::create_import))
        .routes(routes!(list_imports::list_imports))
        .routes(routes!(get_import::get_import))
        .merge(pieces)
        .routes(routes!(preview_import::preview_import))
        .routes(routes!(start_import::start_import))
        .routes(routes!(cancel_import::cancel_import))
        .routes(routes!(resume_import::resume_import))
        .routes(routes!(undo_import::undo_import))
        .routes(routes!(discard_import::discard_import))
        .routes(routes!(list_refused_rows::list_refused_rows))
        .routes(routes!(get_refused_rows::get_refused_rows))
        .routes(routes!(export_contacts::export_contacts))
}

/// An import of contacts out of a file.
#[derive(Serialize, ToSchema)]
struct Import {
    /// Names it.
    id: String,
    /// The phonebook the contacts go to.
    phonebook: String,
    /// The file's name.
    #[schema(example = "contacts.csv")]
    file_name: String,
    /// How many bytes the file has.
    bytes: u64,
    /// How many of them have arrived.
    received: u64,
    /// How far it has come.
    state: ImportStateName,
    /// How much of the work is done, from 0 to 1: the rows of the file, and then the listing of
    /// what they added.
    done: f64,
    /// Rows that became contacts.
    added: u64,
    /// Rows that changed a contact.
    updated: u64,
    /// Rows whose contact was there.
    skipped: u64,
    /// Rows that could not be taken.
    refused: u64,
    /// Contacts that it added and that lists and searches of the Console do not show yet. They come
    /// by themselves, also when the import was stopped. Callers are known by them at once.
    unlisted: u64,
    /// Contacts that it added and that were taken out again.
    undone: u64,
    /// Why it stopped: `read_only`, `file_unreadable`, `disk_full`, `plan`.
    #[schema(required)]
    problem: Option<String>,
    /// The same in English, with what the system said.
    #[schema(required)]
    words: Option<String>,
    /// When the file was announced.
    created: Timestamp,
    /// When it was started.
    #[schema(required)]
    began: Option<Timestamp>,
    /// When it ended, however it did.
    #[schema(required)]
    ended: Option<Timestamp>,
}

/// How far an import has come.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ImportStateName {
    /// The file is not all there.
    Uploading,
    /// The file is there; nothing is written.
    Ready,
    /// Its rows are being written.
    Running,
    /// All rows are written or refused.
    Done,
    /// An admin stopped it; what was written stays.
    Cancelled,
    /// It cannot go on by itself; what was written stays.
    Failed,
    /// What it added is being taken out again.
    Undoing,
    /// What it added is taken out.
    Undone,
}

impl From<ImportState> for ImportStateName {
    fn from(state: ImportState) -> Self {
        match state {
            ImportState::Uploading => Self::Uploading,
            ImportState::Ready => Self::Ready,
            ImportState::Running => Self::Running,
            ImportState::Done => Self::Done,
            ImportState::Cancelled => Self::Cancelled,
            ImportState::Failed => Self::Failed,
            ImportState::Undoing => Self::Undoing,
            ImportState::Undone => Self::Undone,
        }
    }
}

impl From<linecard_store::Import> for Import {
    fn from(import: linecard_store::Import) -> Self {
        let total = import.file.as_ref().map_or(0, |file| file.bytes);
        let progress = import.progress;
        Self {
            id: import.id.to_string(),
            phonebook: import.phonebook.to_string(),
            file_name: import.file_name,
            bytes: import.bytes,
            received: import.received,
            state: import.state.into(),
            done: done(&progress, total),
            added: progress.added,
            updated: progress.updated,
            skipped: progress.skipped,
            refused: progress.refused,
            unlisted: progress.unlisted,
            undone: import.undone,
            problem: import.problem,
            words: import.words,
            created: import.created,
            began: import.began,
            ended: import.ended,
        }
    }
}

/// How much of the work listing is where contacts are listed after they are written.
const LISTING: f64 = 0.3;

/// How much of an import of a file with so many bytes is done, from 0 to 1.
fn done(progress: &ImportProgress, bytes: u64) -> f64 {
    let rows = share(progress.next.byte, bytes);
    let waiting = share(progress.unlisted, progress.added);
    rows * (1.0 - LISTING * waiting)
}

/// A part of a whole, in thousandths.
fn share(part: u64, whole: u64) -> f64 {
    let thousandths = part.saturating_mul(1_000).checked_div(whole).unwrap_or(0);
    f64::from(u32::try_from(thousandths.min(1_000)).unwrap_or(1_000)) / 1_000.0
}

/// The import of that id. What is no id names none.
fn import_id(text: &str) -> Result<ImportId, ImportError> {
    text.parse().map_err(|_| ImportError::NoImport)
}

impl From<ImportError> for Problem {
    fn from(error: ImportError) -> Self {
        let detail = format!("{error}.");
        match error {
            ImportError::NoImport => Self::new(StatusCode::NOT_FOUND, "no_import", detail),
            ImportError::OtherNode => Self::new(StatusCode::CONFLICT, "other_node", detail),
            ImportError::TooLong { .. } => {
                Self::new(StatusCode::PAYLOAD_TOO_LARGE, "file_too_long", detail)
            }
            ImportError::Empty => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "file_empty", detail),
            ImportError::NotNext { .. } => Self::new(StatusCode::CONFLICT, "not_next", detail),
            ImportError::State(_) => Self::new(StatusCode::CONFLICT, "wrong_state", detail),
            ImportError::Plan(fault) => fault.into(),
            ImportError::NotEditable(error) => error.into(),
            ImportError::File(error) => {
                tracing::error!(%error, "the file of an import failed");
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "file_failed", detail)
            }
            ImportError::Store(error) => error.into(),
        }
    }
}

impl From<PlanFault> for Problem {
    fn from(fault: PlanFault) -> Self {
        let (path, code) = fault_words(&fault);
        Self::invalid(vec![FieldProblem {
            path,
            code,
            detail: format!("{fault}."),
        }])
    }
}

/// The field that is at fault, and a stable word for why.
fn fault_words(fault: &PlanFault) -> (String, &'static str) {
    let column = |place: usize| format!("/columns/{}", place.saturating_sub(1));
    match *fault {
        PlanFault::Delimiter => ("/delimiter".to_owned(), "unknown"),
        PlanFault::Encoding => ("/encoding".to_owned(), "unknown"),
        PlanFault::Column(place) => (column(place), "unknown"),
        PlanFault::Twice(place) => (column(place), "column_twice"),
        PlanFault::NoName => ("/columns".to_owned(), "no_name_column"),
        PlanFault::NoNumber => ("/columns".to_owned(), "no_number_column"),
    }
}

#[cfg(test)]
mod tests {
    use linecard_book::exchange::Place;

    use super::*;

    #[test]
    fn an_import_is_done_when_its_rows_are_written_and_listed() {
        let place = |byte| Place {
            byte,
            ..Place::START
        };
        for (byte, unlisted, wanted) in [(0, 0, 0.0), (50, 40, 0.35), (100, 40, 0.7), (100, 0, 1.0)]
        {
            let progress = ImportProgress {
                next: place(byte),
                added: 40,
                updated: 0,
                skipped: 0,
                refused: 0,
                unlisted,
            };
            assert!((done(&progress, 100) - wanted).abs() < 1e-9);
        }
    }

    #[test]
    fn a_share_is_between_nothing_and_everything() {
        for (part, whole, wanted) in [(0, 0, 0.0), (1, 3, 0.333), (5, 5, 1.0), (9, 5, 1.0)] {
            assert!((share(part, whole) - wanted).abs() < 1e-9);
        }
    }
}
