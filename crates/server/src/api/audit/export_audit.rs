//! Writes the audit log into a table.

use std::net::IpAddr;

use axum::body::Body;
use axum::extract::Query;
use axum::response::Response;
use futures_util::stream;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use linecard_book::exchange::cell::write_row;
use linecard_store::{AuditEntry, AuditId, StoreError};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::access::Admin;
use crate::api::imports::download;
use crate::problem::Problem;

/// How many entries are read at once.
const PIECE: usize = 500;

/// The columns, as they are named in the first row. The time is the company's.
const COLUMNS: [&str; 9] = [
    "When",
    "Who",
    "Address",
    "What",
    "Subject",
    "Amount",
    "Number",
    "Extension",
    "What came of it",
];

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct WhichAudit {
    /// Only what came from this network address.
    #[param(value_type = Option<String>, example = "192.0.2.7")]
    address: Option<IpAddr>,
}

/// The audit log, the newest first, as a table that is safe in a spreadsheet: cells that it would
/// take for a formula have an apostrophe before them.
#[utoipa::path(
    get,
    path = "/audit/export",
    tag = "audit",
    params(WhichAudit),
    responses((status = 200, description = "The file", body = String, content_type = "text/csv")),
)]
pub(super) async fn export_audit(
    admin: Admin,
    Query(which): Query<WhichAudit>,
) -> Result<Response, Problem> {
    let zone = admin.flow().organisation().await?.zone();
    let export = Export {
        admin,
        zone,
        address: which.address,
    };
    let rows = stream::try_unfold((export, Place::Start), |(export, place)| async move {
        let Some((text, next)) = export.piece(place).await? else {
            return Ok::<_, StoreError>(None);
        };
        Ok(Some((text, (export, next))))
    });
    let body = Body::from_stream(rows);
    Ok(download("audit-log", "csv", "text/csv", body))
}

/// How far the file is written.
#[derive(Clone, Copy)]
enum Place {
    /// Nothing is.
    Start,
    /// Up to this entry.
    After(Timestamp, AuditId),
    /// All of it.
    End,
}

struct Export {
    admin: Admin,
    zone: TimeZone,
    address: Option<IpAddr>,
}

impl Export {
    /// The entries from `place` on, and how far that is; `None`: there are no more.
    async fn piece(&self, place: Place) -> Result<Option<(String, Place)>, StoreError> {
        let before = match place {
            Place::Start => None,
            Place::After(at, id) => Some((at, id)),
            Place::End => return Ok(None),
        };
        let mut work = self.admin.flow().store().read().await?;
        let entries = work.audit().recent(before, self.address, PIECE).await?;
        let mut text = String::new();
        if before.is_none() {
            text.push('\u{feff}');
            write_row(&mut text, COLUMNS);
        }
        for entry in &entries {
            self.write(&mut text, entry);
        }
        let next = match entries.last() {
            Some(last) if entries.len() == PIECE => Place::After(last.at, last.id),
            _ => Place::End,
        };
        Ok(Some((text, next)))
    }

    fn write(&self, text: &mut String, entry: &AuditEntry) {
        let at = entry.at.to_zoned(self.zone.clone());
        let at = at.strftime("%Y-%m-%d %H:%M:%S").to_string();
        let who = match &entry.account_name {
            Some(name) => name.clone(),
            None => entry.account.to_string(),
        };
        let address = entry.address.map(|it| it.to_string()).unwrap_or_default();
        let amount = entry.amount.map(|it| it.to_string()).unwrap_or_default();
        let extension = entry.extension.as_ref().map(ToString::to_string);
        let cells = [
            at.as_str(),
            who.as_str(),
            address.as_str(),
            entry.kind.as_str(),
            entry.subject.as_deref().unwrap_or_default(),
            amount.as_str(),
            entry.number.as_deref().unwrap_or_default(),
            extension.as_deref().unwrap_or_default(),
            entry.result.as_deref().unwrap_or_default(),
        ];
        write_row(text, cells);
    }
}
