//! Writes the calls that a filter lets through into a table (X12).

use axum::body::Body;
use axum::extract::{Query, RawQuery};
use axum::response::Response;
use futures_util::stream;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use linecard_book::exchange::cell::write_row;
use linecard_store::{AuditKind, CallFilter, Deed, StoreError, StoredCallId};

use super::call::{Call, Teller};
use super::which::WhichCalls;
use crate::access::CallReader;
use crate::api::imports::download;
use crate::problem::Problem;

/// How many calls are read at once.
const PIECE: usize = 500;
/// How much of what was asked for the audit log keeps.
const LONGEST_SUBJECT: usize = 300;

/// The columns, as they are named in the first row. The time of the first is the company's.
const COLUMNS: [&str; 19] = [
    "Started",
    "Direction",
    "Result",
    "From",
    "Name on the line",
    "To",
    "Number called",
    "Queue",
    "Extension",
    "Agent",
    "Waited (s)",
    "Talked (s)",
    "On hold (s)",
    "CRM",
    "Written",
    "Reason",
    "Person",
    "Page",
    "Call",
];

/// The calls that the filter lets through, the newest first, as a table that is safe in a
/// spreadsheet: cells that it would take for a formula have an apostrophe before them. A call with
/// several entries has a row for each. Who exports what is in the audit log.
#[utoipa::path(
    get,
    path = "/calls/export",
    tag = "calls",
    params(WhichCalls),
    responses((status = 200, description = "The file", body = String, content_type = "text/csv")),
)]
pub(super) async fn export_calls(
    reader: CallReader,
    Query(which): Query<WhichCalls>,
    RawQuery(asked): RawQuery,
) -> Result<Response, Problem> {
    let flow = reader.flow();
    let organisation = flow.organisation().await?;
    let filter = reader.confined(which.read(&organisation, &flow.plan())?)?;
    let mut work = flow.store().begin().await?;
    let deed = Deed {
        account: reader.account.id,
        kind: AuditKind::CallsExport,
        subject: asked
            .unwrap_or_default()
            .chars()
            .take(LONGEST_SUBJECT)
            .collect(),
        amount: None,
    };
    work.audit().done(&deed).await?;
    work.commit().await?;
    let export = Export {
        zone: organisation.zone(),
        reader,
        filter,
    };
    let rows = stream::try_unfold((export, Place::Start), |(export, place)| async move {
        let Some((text, next)) = export.piece(place).await? else {
            return Ok::<_, StoreError>(None);
        };
        Ok(Some((text, (export, next))))
    });
    Ok(download(
        "calls",
        "csv",
        "text/csv",
        Body::from_stream(rows),
    ))
}

/// How far the file is written.
#[derive(Clone, Copy)]
enum Place {
    /// Nothing is.
    Start,
    /// Up to this call.
    After(Timestamp, StoredCallId),
    /// All of it.
    End,
}

struct Export {
    reader: CallReader,
    filter: CallFilter,
    zone: TimeZone,
}

impl Export {
    /// The calls from `place` on, and how far that is; `None`: there are no more.
    async fn piece(&self, place: Place) -> Result<Option<(String, Place)>, StoreError> {
        let before = match place {
            Place::Start => None,
            Place::After(at, id) => Some((at, id)),
            Place::End => return Ok(None),
        };
        let mut work = self.reader.flow().store().read().await?;
        let stored = work.calls().find_page(&self.filter, before, PIECE).await?;
        let last = stored
            .last()
            .map(|call| Place::After(call.call.started, call.id));
        let is_last = stored.len() < PIECE;
        let teller = Teller::read(&mut work, &self.reader).await?;
        let mut text = String::new();
        if matches!(place, Place::Start) {
            text.push('\u{feff}');
            write_row(&mut text, COLUMNS);
        }
        for call in teller.tell(&mut work, stored).await? {
            self.write_call(&mut text, &call, &teller);
        }
        let next = last.filter(|_| !is_last).unwrap_or(Place::End);
        Ok(Some((text, next)))
    }

    fn write_call(&self, text: &mut String, call: &Call, teller: &Teller<'_>) {
        let started = call.started.to_zoned(self.zone.clone());
        let started = started.strftime("%Y-%m-%d %H:%M:%S").to_string();
        let agent = call.agent.as_deref().unwrap_or_default();
        let seconds = |millis: u64| (millis.saturating_add(500) / 1000).to_string();
        let of_call = [
            started,
            call.direction.as_str().to_owned(),
            call.outcome
                .map(|it| it.as_str().to_owned())
                .unwrap_or_default(),
            call.from.clone().unwrap_or_default(),
            call.from_name.clone().unwrap_or_default(),
            call.to.clone().unwrap_or_default(),
            call.did.clone().unwrap_or_default(),
            call.queue.clone().unwrap_or_default(),
            agent.to_owned(),
            teller.name(agent).unwrap_or_default().to_owned(),
            seconds(call.wait_ms),
            seconds(call.talk_ms),
            seconds(call.hold_ms),
        ];
        let mut row = |of_entry: [&str; 5]| {
            let cells = of_call.iter().map(String::as_str);
            write_row(text, cells.chain(of_entry).chain([call.id.as_str()]));
        };
        if call.entries.is_empty() {
            row([""; 5]);
        }
        for entry in &call.entries {
            row([
                entry.crm.as_deref().unwrap_or_default(),
                entry.state.as_str(),
                entry.reason.as_deref().unwrap_or_default(),
                entry.who_name.as_deref().unwrap_or_default(),
                entry
                    .page
                    .as_ref()
                    .map(url::Url::as_str)
                    .unwrap_or_default(),
            ]);
        }
    }
}
