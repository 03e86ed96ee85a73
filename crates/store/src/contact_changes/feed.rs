//! Following what any node changed in phonebooks.
//!
//! Rows are numbered when they are written and seen when they are committed, which on PostgreSQL
//! is another order: row 6 may be seen before row 5. So a place in the feed is the oldest
//! transaction that was still running at the last look. Rows of transactions before it have all
//! been seen; those that came after it are looked at again, and the ones that were taken already
//! are left out. No row is missed, and none waits for a transaction that takes long. SQLite has
//! one writer at a time: there the numbers are in order.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::Timestamp;

use super::{ContactChanges, ids};
use crate::database::{Value, values};
use crate::{ContactId, PhonebookId, StoreError, UnitOfWork};

/// How many rows are taken at once at most: 20,000 contacts.
const ROWS_AT_ONCE: usize = 20;

/// How far somebody has followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedPlace {
    /// Whatever was written before is taken.
    since: i64,
    /// What is taken of the rest.
    taken: HashSet<i64>,
}

/// What there is from a place on.
struct Look {
    /// The rows that are not taken, in order.
    new: Vec<i64>,
    /// The place behind all of them.
    end: FeedPlace,
}

/// The feed, in a unit of work.
pub struct ContactFeed<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl ContactFeed<'_> {
    /// Where to follow from, for somebody who reads all contacts after this.
    pub async fn end(&mut self) -> Result<FeedPlace, StoreError> {
        let sql = if self.unit.is_postgres() {
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS since"
        } else {
            "SELECT COALESCE(MAX(sequence), 0) + 1 AS since FROM contact_changes"
        };
        let row = self.unit.row(sql, values![]).await?;
        let place = FeedPlace {
            since: row.map_or(Ok(0), |row| row.int("since"))?,
            taken: HashSet::new(),
        };
        Ok(self.look(&place).await?.end)
    }

    /// What was changed since `place`, as it is now, and moves the place on; `None`: nothing more.
    /// Much comes in several parts. What was changed twice may come twice.
    pub async fn next(
        &mut self,
        place: &mut FeedPlace,
    ) -> Result<Option<ContactChanges>, StoreError> {
        let Look { mut new, end } = self.look(place).await?;
        if new.is_empty() {
            *place = end;
            return Ok(None);
        }
        let is_all = new.len() <= ROWS_AT_ONCE;
        new.truncate(ROWS_AT_ONCE);
        let changes = self.read(&new).await?;
        if is_all {
            *place = end;
        } else {
            place.taken.extend(new);
        }
        Ok(Some(changes))
    }

    async fn look(&mut self, place: &FeedPlace) -> Result<Look, StoreError> {
        let sql = if self.unit.is_postgres() {
            "SELECT sequence, written_by, \
             pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS since \
             FROM contact_changes WHERE written_by >= $1 ORDER BY sequence"
        } else {
            "SELECT sequence, sequence AS written_by, \
             (SELECT MAX(sequence) + 1 FROM contact_changes) AS since \
             FROM contact_changes WHERE sequence >= $1 ORDER BY sequence"
        };
        let rows = self.unit.rows(sql, values![place.since]).await?;
        let mut look = Look {
            new: Vec::new(),
            end: FeedPlace {
                since: place.since,
                taken: HashSet::new(),
            },
        };
        for row in &rows {
            let sequence = row.int("sequence")?;
            look.end.since = row.int("since")?;
            if row.int("written_by")? >= look.end.since {
                look.end.taken.insert(sequence);
            }
            if !place.taken.contains(&sequence) {
                look.new.push(sequence);
            }
        }
        Ok(look)
    }

    /// Forgets what was written before `then`. Whoever has not followed since has to read all
    /// contacts anew.
    pub async fn forget_before(&mut self, then: Timestamp) -> Result<u64, StoreError> {
        let sql = "DELETE FROM contact_changes WHERE at < $1";
        self.unit.execute(sql, values![then]).await
    }

    async fn read(&mut self, sequences: &[i64]) -> Result<ContactChanges, StoreError> {
        let sequences = sequences.iter().copied().map(Value::from).collect();
        let sql = "SELECT contacts, phonebooks FROM contact_changes WHERE sequence IN";
        let rows = self.unit.rows_in(sql, sequences, "").await?;
        // Whether a contact is named once.
        let mut contacts = BTreeMap::new();
        let mut phonebooks = BTreeSet::new();
        for row in &rows {
            for id in ids(&row.bytes("contacts")?).map(ContactId::from) {
                contacts
                    .entry(id)
                    .and_modify(|once| *once = false)
                    .or_insert(true);
            }
            phonebooks.extend(ids(&row.bytes("phonebooks")?).map(PhonebookId::from));
        }
        // One that is named twice was changed or removed after it was added, or its phonebook was.
        let (mut once, mut again): (Vec<_>, Vec<_>) = contacts
            .keys()
            .partition(|id| contacts.get(id) == Some(&true));
        let known = if phonebooks.is_empty() {
            let added = &self.unit.shared_arc().listening.added;
            added.take(&mut once)
        } else {
            Vec::new()
        };
        once.append(&mut again);
        let mut changes = self.unit.as_they_are(once, phonebooks).await?;
        changes.there.extend(known);
        Ok(changes)
    }
}
