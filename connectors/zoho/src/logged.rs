//! Finding what was written after its answer was lost.
//!
//! Zoho has no field for a key of ours, so the key is the last line of the description. A search
//! may not know yet what was written a moment ago; lists do. The newest records come first, so a
//! page or two are enough right after a loss. In a busy organisation COQL is asked for the calls
//! that began when these began.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use linecard_crm::{EntryKey, Failure, LogEntry};
use linecard_http::Purpose;
use serde_json::{Map, Value};

use crate::api::Api;
use crate::ask::Ask;
use crate::listing::{Listing, PAGE};
use crate::modules::CALLS;
use crate::refusal::Refusal;
use crate::row::Row;
use crate::{coql, text};

/// How far our clock and Zoho's may differ.
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// Zoho keeps whole seconds.
const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// The calls of `entries` that stand in Zoho, by key. `deep`: COQL may be asked.
pub(crate) async fn find(
    api: &Api,
    entries: &[LogEntry],
    deep: bool,
) -> Result<BTreeMap<EntryKey, String>, Failure> {
    let mut sought = Sought::new(entries);
    let mut newest = Newest::of(CALLS);
    while let Some(rows) = newest.next(api).await? {
        sought.look_at(&rows);
        if sought.is_settled(newest.oldest) {
            return Ok(sought.found);
        }
        if deep && newest.pages == 1 {
            match sought.by_start(api).await {
                Ok(true) => return Ok(sought.found),
                // COQL is a short cut: the list tells the same, and all of it.
                Ok(false)
                | Err(Refusal::Scope { .. } | Refusal::Failed(Failure::Refused { .. })) => {}
                Err(refusal) => return Err(refusal.into()),
            }
        }
    }
    Ok(sought.found)
}

/// What is looked for, and what of it was found.
struct Sought<'a> {
    missing: BTreeMap<&'a str, &'a LogEntry>,
    found: BTreeMap<EntryKey, String>,
}

impl<'a> Sought<'a> {
    fn new(entries: &'a [LogEntry]) -> Self {
        Self {
            missing: entries
                .iter()
                .map(|entry| (entry.key.as_str(), entry))
                .collect(),
            found: BTreeMap::new(),
        }
    }

    fn look_at(&mut self, rows: &[Map<String, Value>]) {
        for row in rows.iter().map(Row) {
            let key = row.text("Description").and_then(text::key);
            if let (Some(key), Some(id)) = (key, row.id())
                && let Some(entry) = self.missing.remove(key)
            {
                self.found.insert(entry.key.clone(), id.to_owned());
            }
        }
    }

    /// Whether records older than `oldest` cannot hold what is missing: a call is written after
    /// it began.
    fn is_settled(&self, oldest: Option<Timestamp>) -> bool {
        let Some((first, _)) = self.starts(SKEW) else {
            return true;
        };
        oldest.is_some_and(|oldest| oldest < first)
    }

    /// Between when and when the missing calls began, `slack` earlier and later.
    fn starts(&self, slack: SignedDuration) -> Option<(Timestamp, Timestamp)> {
        let starts = || self.missing.values().map(|entry| entry.started);
        let from = starts().min()?.saturating_sub(slack).ok()?;
        let to = starts().max()?.saturating_add(slack).ok()?;
        Some((from, to))
    }

    /// Looks at the calls that began when the missing ones did; says whether at all of them.
    async fn by_start(&mut self, api: &Api) -> Result<bool, Refusal> {
        let Some((from, to)) = self.starts(SECOND) else {
            return Ok(true);
        };
        let condition = coql::between("Call_Start_Time", from, to);
        let fields = ["id", "Description", "Call_Start_Time"];
        let found = coql::select(api, Purpose::Journal, CALLS, &fields, &condition).await?;
        self.look_at(&found.rows);
        // Should COQL keep long texts to itself, it has shown nothing.
        let is_shown = |row: &Map<String, Value>| Row(row).text("Description").is_some();
        Ok(found.is_complete && found.rows.iter().all(is_shown))
    }
}

/// The records of a module, the newest first.
pub(crate) struct Newest {
    module: &'static str,
    pages: usize,
    token: Option<String>,
    ended: bool,
    /// When the oldest record seen was created.
    oldest: Option<Timestamp>,
}

impl Newest {
    pub(crate) fn of(module: &'static str) -> Self {
        Self {
            module,
            pages: 0,
            token: None,
            ended: false,
            oldest: None,
        }
    }

    /// The next page.
    pub(crate) async fn next(
        &mut self,
        api: &Api,
    ) -> Result<Option<Vec<Map<String, Value>>>, Failure> {
        if self.ended {
            return Ok(None);
        }
        let mut ask = Ask::get(Purpose::Journal, self.module)
            .with("fields", "Description,Created_Time")
            .with("sort_by", "Created_Time")
            .with("sort_order", "desc")
            .with("per_page", PAGE.to_string());
        self.pages += 1;
        ask = match &self.token {
            Some(token) => ask.with("page_token", token.clone()),
            None => ask.with("page", self.pages.to_string()),
        };
        let Some(page) = api.read::<Listing>(&ask).await? else {
            self.ended = true;
            return Ok(None);
        };
        self.ended = !page.info.more_records || page.data.is_empty();
        self.token = page.info.next_page_token;
        let created = page
            .data
            .iter()
            .filter_map(|row| Row(row).moment("Created_Time"));
        self.oldest = created.chain(self.oldest).min();
        Ok(Some(page.data))
    }
}
