//! Adds to what is written about a call: note, disposition, recording (X1, X2).

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use linecard_crm::{EntryKey, LateParts};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

use super::entry::EntryState;
use crate::access::Admin;
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

/// The most characters of a note and of a disposition.
pub(crate) const LONGEST_NOTE: usize = 10_000;
pub(crate) const LONGEST_DISPOSITION: usize = 200;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("There is no such entry: the call goes on, or is not written into a CRM.")]
    NoEntry,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", error)
    }
}

/// What comes late about a call. Each part that is given replaces the one before, an empty text
/// removes it, and one that is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangedLateParts {
    /// What the agent wrote about the call.
    #[serde(default)]
    note: Option<String>,
    /// What the agent chose as its result.
    #[serde(default)]
    disposition: Option<String>,
    /// Where the recording can be heard.
    #[serde(default)]
    recording: Option<Url>,
}

/// How far the entry has come.
#[derive(Serialize, ToSchema)]
pub(super) struct LateKept {
    /// The entry's state; written: its record is changed.
    state: EntryState,
}

/// Checks what was written about a call.
fn check(fields: &mut FieldProblems, note: Option<&str>, disposition: Option<&str>) {
    for (path, text, longest) in [
        ("/note", note, LONGEST_NOTE),
        ("/disposition", disposition, LONGEST_DISPOSITION),
    ] {
        if text.is_some_and(|text| text.chars().count() > longest) {
            fields.add(
                path,
                "too_long",
                format_args!("At most {longest} characters."),
            );
        }
    }
}

/// Adds to what is written about an agent's part of a call. The same record in the CRM is changed,
/// now or as soon as it is written.
#[utoipa::path(
    put,
    path = "/entries/{key}/late",
    tag = "calls",
    params(("key" = String, Path, description = "The entry's key")),
    request_body = ChangedLateParts,
    responses((status = 200, description = "Kept", body = LateKept)),
)]
pub(super) async fn put_late_parts(
    admin: Admin,
    Path(key): Path<String>,
    Body(wanted): Body<ChangedLateParts>,
) -> Result<Json<LateKept>, Problem> {
    let mut fields = FieldProblems::default();
    check(
        &mut fields,
        wanted.note.as_deref(),
        wanted.disposition.as_deref(),
    );
    fields.finish()?;
    let key = EntryKey::new(key);
    let flow = admin.flow();
    // A note can come before its entry; from here it cannot: it is about one that is listed.
    let known = flow.store().read().await?.entries().get(&key).await?;
    known.ok_or(Error::NoEntry)?;
    let parts = LateParts {
        note: wanted.note,
        disposition: wanted.disposition,
        recording: wanted.recording,
    };
    let state = flow.put_late(&key, &parts).await?.ok_or(Error::NoEntry)?;
    Ok(Json(LateKept {
        state: state.into(),
    }))
}
