//! Asterisk's own records of past calls, told as the link would have told them (X15).
//!
//! [`source`] reads rows out of a database or a file. Those of CEL, the channel event log, and
//! those of CDR, the call detail records, are put into AMI's words ([`cel`], [`cdr`]), so that
//! the translator and the tracker of the live link decide what became of a call, and under which
//! id it is known.

mod cdr;
mod cel;
mod message;
mod retell;
mod row;
mod settings;
mod source;
mod time;

use jiff::{SignedDuration, Timestamp};
use linecard_pbx::{Past, Recorded, RecordsError};

use settings::Kind;
pub(crate) use settings::RecordsSettings;

use crate::translate::Translator;

/// When a reading is not complete, the calls of its last hours may not be either: they are left
/// to the next one. Where it has fewer hours, those of its second half are.
const LONGEST_CALL: SignedDuration = SignedDuration::from_hours(2);

/// Tells the calls of a part of the past. `translator` says whose the channels are.
pub(crate) async fn read(
    settings: &RecordsSettings,
    past: &Past,
    translator: Translator,
) -> Result<Recorded, RecordsError> {
    let rows = source::read(settings, past).await?;
    let heard_until = rows.whole_until.unwrap_or(past.until);
    let mut calls = match settings.kind {
        Kind::Cel => cel::calls(&rows, translator, heard_until),
        Kind::Cdr => cdr::calls(&rows, translator),
    };
    let mut until = past.until;
    if let Some(whole_until) = rows.whole_until {
        until = seam(past, whole_until);
        calls.retain(|call| call.started < until);
    }
    calls.retain(|call| call.started >= past.since);
    calls.sort_by_key(|call| call.started);
    Ok(Recorded { calls, until })
}

/// Where the next reading begins, after one that has all rows until `whole_until`.
fn seam(past: &Past, whole_until: Timestamp) -> Timestamp {
    let half = whole_until.duration_since(past.since) / 2;
    let seam = whole_until - half.min(LONGEST_CALL);
    // Thousands of rows of one moment: going on is worth more than the calls at the seam.
    seam.max(past.since + SignedDuration::from_secs(1))
}
