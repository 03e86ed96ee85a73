//! Rows of a file that are written together, and which of them are not taken.

use linecard_book::exchange::Place;
use linecard_store::{ContactDetails, Like, Refusal};

use super::rows::ReadRow;

/// Rows that are written together.
pub(super) struct Batch {
    pub(super) from: Place,
    pub(super) next: Place,
    pub(super) contacts: Vec<ContactDetails>,
    /// Where the contacts stand, and what they look like there.
    rows: Vec<(Place, String)>,
    pub(super) refusals: Vec<Refusal>,
}

impl Batch {
    pub(super) fn new(rows: Vec<ReadRow>, from: Place) -> Self {
        let mut batch = Self {
            from,
            next: from,
            contacts: Vec::with_capacity(rows.len()),
            rows: Vec::with_capacity(rows.len()),
            refusals: Vec::new(),
        };
        for row in rows {
            batch.next = row.next;
            match row.contact {
                Ok(contact) => {
                    batch.contacts.push(contact);
                    batch.rows.push((row.at, row.shown));
                }
                Err(fault) => batch.refusals.push(Refusal {
                    row: row.at.row,
                    line: row.at.line,
                    column: fault.column.and_then(|column| u64::try_from(column).ok()),
                    code: fault.fault.code().to_owned(),
                    detail: fault.fault.to_string(),
                    shown: row.shown,
                }),
            }
        }
        batch
    }

    /// Lists a row whose contact is there.
    pub(super) fn skip(&mut self, place: usize, like: &Like) {
        let Some((at, shown)) = self.rows.get_mut(place) else {
            return;
        };
        let detail = match &like.number {
            Some(number) => format!("a contact has the number {number} already"),
            None => "a contact has this name and company already".to_owned(),
        };
        self.refusals.push(Refusal {
            row: at.row,
            line: at.line,
            column: None,
            code: match like.number {
                Some(_) => "number_there",
                None => "name_there",
            }
            .to_owned(),
            detail,
            shown: std::mem::take(shown),
        });
    }
}
