//! What is, will be or will not be written into CRMs about calls.

mod late;

pub use late::StoredLate;

use std::collections::HashSet;

use jiff::Timestamp;
use linecard_crm::{EntryKey, Record, Without, Words};
use linecard_number::Extension;
use url::Url;

use crate::calls::person_name;
use crate::database::{Row, Value, values};
use crate::said;
use crate::unit::json;
use crate::word::words;
use crate::{Connection, ConnectionId, Problem, StoreError, StoredCallId, UnitOfWork};

/// How many calls one statement asks for at most.
const CALLS_AT_ONCE: usize = 500;
/// How many entries one statement adds at most.
const ENTRIES_AT_ONCE: usize = 500;

/// How far an entry has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryState {
    /// A job in the outbox will write it.
    Waiting,
    /// It stands in the CRM.
    Written,
    /// The CRM refused it; a person can have it tried again.
    Parked,
    /// It is not to be written; `reason` says why.
    Skipped,
}

words!(EntryState {
    Waiting = "waiting",
    Written = "written",
    Parked = "parked",
    Skipped = "skipped",
});

/// What is written into one CRM about one agent's part of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Names it here and in the CRM.
    pub key: EntryKey,
    /// The call.
    pub call: StoredCallId,
    /// The connection to the CRM; it may be gone.
    pub connection: ConnectionId,
    /// The agent's extension.
    pub extension: Extension,
    /// How far it has come.
    pub state: EntryState,
    /// One line.
    pub subject: String,
    /// The text.
    pub description: String,
    /// The CRM's id of the user who owns it.
    pub owner: Option<String>,
    /// The person (or account) the call was with.
    pub who: Option<Record>,
    /// The CRM's id of it, once it is written.
    pub crm_id: Option<String>,
    /// Its page in the CRM.
    pub page: Option<Url>,
    /// A stable word for why it is skipped or parked: `not_bound`, `nobody`, `refused`,
    /// `discarded`.
    pub reason: Option<String>,
    /// What was said when it was refused.
    pub words: Option<Words>,
    /// What the CRM did not take, so that it was written without.
    pub without: Vec<Without>,
    /// When it last changed.
    pub updated: Timestamp,
}

/// How many entries of a connection there are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EntryCounts {
    /// Still to be written.
    pub waiting: u64,
    /// In the CRM.
    pub written: u64,
    /// Refused by the CRM.
    pub parked: u64,
    /// Not to be written.
    pub skipped: u64,
}

/// The entries, in a unit of work.
pub struct Entries<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Entries<'_> {
    /// Adds an entry. `false`: there is one with its key, and nothing was changed.
    pub async fn insert(&mut self, entry: &Entry) -> Result<bool, StoreError> {
        let added = self.insert_all(std::slice::from_ref(entry)).await?;
        Ok(!added.is_empty())
    }

    /// Adds entries in a few statements; the keys of those that were added. One whose key is there
    /// changes nothing.
    pub async fn insert_all(&mut self, entries: &[Entry]) -> Result<HashSet<EntryKey>, StoreError> {
        let mut added = HashSet::with_capacity(entries.len());
        for some in entries.chunks(ENTRIES_AT_ONCE) {
            let rows = some.iter().map(Entry::values).collect::<Result<_, _>>()?;
            let rows = self
                .unit
                .rows_each(
                    "WITH added (entry_key, call, connection, extension, state, subject, \
                     description, owner, who, crm_id, page, reason, words, left_out, updated, \
                     person, advice) AS (VALUES",
                    rows,
                    ") INSERT INTO entries (entry_key, call, connection, extension, state, subject, \
                     description, owner, who, crm_id, page, reason, words, left_out, updated, \
                     person, advice, started) \
                     SELECT added.*, COALESCE(calls.started, 0) \
                     FROM added LEFT JOIN calls ON calls.id = added.call WHERE 1 = 1 \
                     ON CONFLICT (entry_key) DO NOTHING RETURNING entry_key",
                )
                .await?;
            for row in &rows {
                added.insert(EntryKey::new(row.text("entry_key")?));
            }
        }
        Ok(added)
    }

    /// Replaces everything but the key; an entry that is not there is not added.
    pub async fn update(&mut self, entry: &Entry) -> Result<(), StoreError> {
        self.unit
            .execute(
                "UPDATE entries SET call = $2, connection = $3, extension = $4, state = $5, \
                 subject = $6, description = $7, owner = $8, who = $9, crm_id = $10, page = $11, \
                 reason = $12, words = $13, left_out = $14, updated = $15, person = $16, \
                 advice = $17 \
                 WHERE entry_key = $1",
                entry.values()?,
            )
            .await?;
        Ok(())
    }

    /// The entry with this key.
    pub async fn get(&mut self, key: &EntryKey) -> Result<Option<Entry>, StoreError> {
        let sql = "SELECT * FROM entries WHERE entry_key = $1";
        let row = self.unit.row(sql, values![key.as_str()]).await?;
        row.as_ref().map(Entry::read).transpose()
    }

    /// The entries of these calls, in no particular order of calls; those of one call by
    /// extension.
    pub async fn of_calls(&mut self, calls: &[StoredCallId]) -> Result<Vec<Entry>, StoreError> {
        let mut entries = Vec::new();
        for calls in calls.chunks(CALLS_AT_ONCE) {
            let calls = calls.iter().map(|id| Value::from(*id)).collect();
            let rows = self
                .unit
                .rows_in(
                    "SELECT * FROM entries WHERE call IN",
                    calls,
                    "ORDER BY call, extension, entry_key",
                )
                .await?;
            for row in &rows {
                entries.push(Entry::read(row)?);
            }
        }
        Ok(entries)
    }

    /// What waits to be written into a connection's CRM, or was refused there, will not be
    /// written: a person has said so.
    pub async fn discard(&mut self, connection: ConnectionId) -> Result<(), StoreError> {
        self.unit
            .execute(
                "UPDATE entries SET state = 'skipped', reason = 'discarded' \
                 WHERE connection = $1 AND state IN ('waiting', 'parked')",
                values![connection],
            )
            .await?;
        Ok(())
    }

    /// How many entries of a connection are in each state.
    pub async fn counts(&mut self, connection: ConnectionId) -> Result<EntryCounts, StoreError> {
        let rows = self
            .unit
            .rows(
                "SELECT state, COUNT(*) AS entries FROM entries WHERE connection = $1 \
                 GROUP BY state",
                values![connection],
            )
            .await?;
        let mut counts = EntryCounts::default();
        for row in &rows {
            let count = row.count("entries")?;
            match row.parse("state")? {
                EntryState::Waiting => counts.waiting = count,
                EntryState::Written => counts.written = count,
                EntryState::Parked => counts.parked = count,
                EntryState::Skipped => counts.skipped = count,
            }
        }
        Ok(counts)
    }
}

impl Entry {
    /// With what is said about `connection`, its own, if it waits there for a person.
    #[must_use]
    pub fn waiting_at(mut self, connection: Option<&Connection>) -> Self {
        if self.state == EntryState::Waiting && self.words.is_none() {
            let problem = connection.and_then(|it| it.problem.as_ref());
            self.words = problem.map(Problem::said);
        }
        self
    }

    fn values(&self) -> Result<Vec<Value>, StoreError> {
        let person = self.who.as_ref().map(|who| person_name(&who.name));
        let who = self.who.as_ref().map(|who| json("who", who)).transpose()?;
        let without = (!self.without.is_empty()).then_some(&self.without);
        let without = without.map(|it| json("left_out", it)).transpose()?;
        Ok(values![
            self.key.as_str(),
            self.call,
            self.connection,
            &self.extension,
            self.state.as_str(),
            &self.subject,
            &self.description,
            self.owner.as_deref(),
            who,
            self.crm_id.as_deref(),
            self.page.as_ref(),
            self.reason.as_deref(),
            self.words.as_deref(),
            without,
            self.updated,
            person.filter(|name| !name.is_empty()),
            said::advice(self.words.as_ref())?,
        ])
    }

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: EntryKey::new(row.text("entry_key")?),
            call: row.parse("call")?,
            connection: row.parse("connection")?,
            extension: row.parse("extension")?,
            state: row.parse("state")?,
            subject: row.text("subject")?,
            description: row.text("description")?,
            owner: row.optional_text("owner")?,
            who: row.optional_json("who")?,
            crm_id: row.optional_text("crm_id")?,
            page: row.optional_parse("page")?,
            reason: row.optional_text("reason")?,
            words: said::words(row, "words")?,
            without: row.optional_json("left_out")?.unwrap_or_default(),
            updated: row.time("updated")?,
        })
    }
}
