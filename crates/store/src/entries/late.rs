//! What can come after an entry was written: note, disposition, recording (X1, X2).
//!
//! Each change counts up a version, and the version that the CRM holds is noted beside it: what is
//! newer than that is still to be written. What the CRM holds is kept, too: only that part of its
//! text is Linecard's own when a newer one is brought there, and what people wrote beside it stays.

use jiff::Timestamp;
use linecard_crm::{EntryKey, LateParts};

use super::{Entries, EntryState};
use crate::StoreError;
use crate::database::{Row, Value, values};

/// How many entries one statement asks for at most.
const KEYS_AT_ONCE: usize = 500;

/// The late parts of an entry as they are now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoredLate {
    /// What has come.
    pub parts: LateParts,
    /// Counts the changes; 0: nothing has come yet.
    pub version: i64,
    /// The version that the CRM holds; 0: none.
    pub written: i64,
    /// The parts of that version, as far as it is known what the CRM holds.
    pub held: LateParts,
}

impl Entries<'_> {
    /// Adds to what came late about an entry, which need not be there yet: a part that is given
    /// replaces the one before, an empty text removes it, the others stay. Tells the entry's
    /// state; `None` when there is no entry.
    pub async fn put_late(
        &mut self,
        key: &EntryKey,
        parts: &LateParts,
        now: Timestamp,
    ) -> Result<Option<EntryState>, StoreError> {
        // First of all the entry's row is held: whoever writes the entry meanwhile either sees
        // this change or is seen here to have written.
        let row = self
            .unit
            .row(
                "UPDATE entries SET updated = $2 WHERE entry_key = $1 RETURNING state",
                values![key.as_str(), now],
            )
            .await?;
        let state = row.map(|row| row.parse("state")).transpose()?;
        let recording = parts.recording.as_ref();
        self.unit
            .execute(
                "INSERT INTO late_parts (entry_key, note, disposition, recording, version, written) \
                 VALUES ($1, $2, $3, $4, 1, 0) \
                 ON CONFLICT (entry_key) DO UPDATE SET \
                 note = COALESCE(excluded.note, late_parts.note), \
                 disposition = COALESCE(excluded.disposition, late_parts.disposition), \
                 recording = COALESCE(excluded.recording, late_parts.recording), \
                 version = late_parts.version + 1",
                values![
                    key.as_str(),
                    parts.note.as_deref(),
                    parts.disposition.as_deref(),
                    recording,
                ],
            )
            .await?;
        Ok(state)
    }

    /// What came late about an entry.
    pub async fn late(&mut self, key: &EntryKey) -> Result<StoredLate, StoreError> {
        let mut all = self.late_of(std::slice::from_ref(key)).await?;
        Ok(all.pop().map(|(_, late)| late).unwrap_or_default())
    }

    /// What came late about each of these entries; those without are left out.
    pub async fn late_of(
        &mut self,
        keys: &[EntryKey],
    ) -> Result<Vec<(EntryKey, StoredLate)>, StoreError> {
        let mut all = Vec::new();
        for keys in keys.chunks(KEYS_AT_ONCE) {
            let keys = keys.iter().map(|key| Value::from(key.as_str())).collect();
            let sql = "SELECT * FROM late_parts WHERE entry_key IN";
            let rows = self.unit.rows_in(sql, keys, "ORDER BY entry_key").await?;
            for row in &rows {
                all.push((
                    EntryKey::new(row.text("entry_key")?),
                    StoredLate::read(row)?,
                ));
            }
        }
        Ok(all)
    }

    /// The CRM holds the late parts of `version`, which are `held`. Tells whether newer ones have
    /// come meanwhile.
    pub async fn late_written(
        &mut self,
        key: &EntryKey,
        version: i64,
        held: &LateParts,
    ) -> Result<bool, StoreError> {
        let row = self
            .unit
            .row(
                "UPDATE late_parts SET written = $2, held_note = $3, held_disposition = $4, \
                 held_recording = $5 WHERE entry_key = $1 RETURNING version",
                values![
                    key.as_str(),
                    version,
                    held.note.as_deref(),
                    held.disposition.as_deref(),
                    held.recording.as_ref(),
                ],
            )
            .await?;
        let newest = row.map(|row| row.int("version")).transpose()?;
        Ok(newest.is_some_and(|newest| newest > version))
    }
}

impl StoredLate {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let said = |text: Option<String>| text.filter(|text| !text.is_empty());
        Ok(Self {
            parts: LateParts {
                note: said(row.optional_text("note")?),
                disposition: said(row.optional_text("disposition")?),
                recording: row.optional_parse("recording")?,
            },
            version: row.int("version")?,
            written: row.int("written")?,
            held: LateParts {
                note: row.optional_text("held_note")?,
                disposition: row.optional_text("held_disposition")?,
                recording: row.optional_parse("held_recording")?,
            },
        })
    }
}
