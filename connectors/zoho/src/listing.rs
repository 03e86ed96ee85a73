//! Lists: of records, found or listed, and how one page leads to the next.

use serde::Deserialize;
use serde_json::{Map, Value};

/// How many records a page has at most.
pub(crate) const PAGE: usize = 200;

/// One page of records.
#[derive(Deserialize)]
pub(crate) struct Listing {
    pub(crate) data: Vec<Map<String, Value>>,
    #[serde(default)]
    pub(crate) info: Info,
}

/// What a page says of the others.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Info {
    pub(crate) more_records: bool,
    /// Leads to the next page, also beyond the first 2,000 records.
    pub(crate) next_page_token: Option<String>,
}
