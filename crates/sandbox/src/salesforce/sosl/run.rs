//! Runs a search over the records.

use jiff::Timestamp;
use serde_json::Value;

use super::parser::Search;
use super::phone::spellings;
use super::terms::{Terms, split};
use crate::salesforce::datetime;
use crate::salesforce::records::{Record, Records};
use crate::salesforce::sobjects::schema::Kind;
use crate::salesforce::soql::{self, like};

/// The most that is found altogether, and of one object.
const MOST: usize = 2_000;
const MOST_OF_ONE: usize = 250;

/// What the index knows of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Index {
    /// Records that were written later are not in it yet.
    pub(crate) until: Timestamp,
    /// Whether a number is in it by its parts only.
    pub(crate) phones_by_parts: bool,
}

impl Index {
    fn has(self, record: &Record) -> bool {
        datetime::read(record.text("SystemModstamp")).is_none_or(|at| at <= self.until)
    }
}

/// What the search returns: records in the order of RETURNING.
pub(crate) fn run(search: &Search, records: &Records, version: &str, index: Index) -> Vec<Value> {
    let share = (MOST / search.returning.len().max(1)).min(MOST_OF_ONE);
    let mut rows = Vec::new();
    for returning in &search.returning {
        let mut found: Vec<&Record> = records
            .of(returning.object)
            .filter(|record| index.has(record) && has(&search.terms, search, record, index))
            .filter(|record| {
                returning
                    .filter
                    .as_ref()
                    .is_none_or(|filter| soql::matches(filter, record, records))
            })
            .collect();
        soql::sort(&mut found, &returning.order, records);
        let limit = returning.limit.unwrap_or(share).min(share);
        rows.extend(
            found
                .into_iter()
                .take(limit)
                .map(|record| soql::select(&returning.fields, record, records, version)),
        );
    }
    rows.truncate(search.limit.unwrap_or(MOST));
    rows
}

fn has(terms: &Terms, search: &Search, record: &Record, index: Index) -> bool {
    match terms {
        Terms::All(parts) => parts.iter().all(|part| has(part, search, record, index)),
        Terms::Any(parts) => parts.iter().any(|part| has(part, search, record, index)),
        Terms::Not(part) => !has(part, search, record, index),
        Terms::Words(words) => record
            .object
            .schema()
            .fields()
            .filter(|field| search.group.has(field))
            .any(|field| {
                let text = record.text(field.name);
                match field.kind {
                    Kind::Phone if !index.phones_by_parts => is_number(words, text),
                    _ => contains(&split(text), words),
                }
            }),
    }
}

/// Whether the words, put together, are one of the number's spellings.
fn is_number(words: &[String], stored: &str) -> bool {
    let wanted = words.concat();
    !wanted.is_empty() && spellings(stored).iter().any(|one| is_word(&wanted, one))
}

/// Whether the words stand in the text one after the other.
fn contains(text: &[String], words: &[String]) -> bool {
    !words.is_empty()
        && text.windows(words.len()).any(|window| {
            window
                .iter()
                .zip(words)
                .all(|(here, wanted)| is_word(wanted, here))
        })
}

/// Whether a term is this word. Wildcards count in the middle and at the end, not at the start.
/// Scripts without spaces between words are searched for parts.
fn is_word(wanted: &str, word: &str) -> bool {
    let wanted = wanted.trim_start_matches(['*', '?']);
    if wanted.contains(['*', '?']) {
        let pattern = wanted.replace('*', "%").replace('?', "_");
        return like::fits(&pattern, word);
    }
    let ideographs = wanted
        .chars()
        .all(|one| ('\u{3400}'..='\u{9fff}').contains(&one));
    if ideographs && !wanted.is_empty() {
        word.contains(wanted)
    } else {
        word == wanted
    }
}
