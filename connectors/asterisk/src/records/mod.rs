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

use jiff::SignedDuration;
use linecard_pbx::{Past, Recorded, RecordsError};

use settings::Kind;
pub(crate) use settings::RecordsSettings;

use crate::translate::Translator;

/// When a reading is not complete, the calls of its last hours may not be either: they are left
/// to the next one.
const LONGEST_CALL: SignedDuration = SignedDuration::from_hours(2);

/// Tells the calls of a part of the past. `translator` says whose the channels are.
pub(crate) async fn read(
    settings: &RecordsSettings,
    past: &Past,
    translator: Translator,
) -> Result<Recorded, RecordsError> {
    let rows = source::read(settings, past).await?;
    let heard_until = match rows.rows.last() {
        Some(last) if rows.more => last.at,
        _ => past.until,
    };
    let mut calls = match settings.kind {
        Kind::Cel => cel::calls(&rows, translator, heard_until),
        Kind::Cdr => cdr::calls(&rows, translator),
    };
    let mut until = past.until;
    if rows.more {
        until = heard_until - LONGEST_CALL;
        if until <= past.since {
            // Too many rows for that: going on is worth more than the calls at the seam.
            until = heard_until.max(past.since + SignedDuration::from_secs(1));
        }
        calls.retain(|call| call.started < until);
    }
    calls.retain(|call| call.started >= past.since);
    calls.sort_by_key(|call| call.started);
    Ok(Recorded { calls, until })
}
