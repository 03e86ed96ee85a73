//! Contacts that are taken out of a file into a phonebook: how far each import has come.
//!
//! The rows of a file are written a few hundred at a time, and with them, in the same unit of work,
//! where the next row begins: [`Imports::advance`]. Whatever happens to the program, each row is
//! written once.

mod refusals;
mod state;

pub use refusals::Refusal;
pub use state::{ImportFile, ImportFormat, ImportPlan, ImportProgress, ImportState, OnDuplicate};

use jiff::{SignedDuration, Timestamp};
use linecard_book::exchange::Place;

use crate::database::{Row, values};
use crate::unit::json;
use crate::{AccountId, ImportId, PhonebookId, StoreError, UnitOfWork};

/// An import of contacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Names it, and its file.
    pub id: ImportId,
    /// Where the contacts go.
    pub phonebook: PhonebookId,
    /// Who imports them; the account may be gone.
    pub account: AccountId,
    /// The node that has the file.
    pub node: String,
    /// The file's name where it came from.
    pub file_name: String,
    /// How many bytes the file has.
    pub bytes: u64,
    /// How many of them are there.
    pub received: u64,
    /// How far it has come.
    pub state: ImportState,
    /// What was found out about the file, once it is there.
    pub file: Option<ImportFile>,
    /// What was chosen, once it is started.
    pub plan: Option<ImportPlan>,
    /// What has become of the rows so far.
    pub progress: ImportProgress,
    /// How many of the contacts that it added were taken out again.
    pub undone: u64,
    /// A stable word for why it failed.
    pub problem: Option<String>,
    /// What the system said to that.
    pub words: Option<String>,
    /// When the file was announced.
    pub created: Timestamp,
    /// When it was started.
    pub began: Option<Timestamp>,
    /// When it ended, however it did.
    pub ended: Option<Timestamp>,
}

/// A file that is announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImport {
    /// Where the contacts shall go.
    pub phonebook: PhonebookId,
    /// Who imports them.
    pub account: AccountId,
    /// The node that takes the file.
    pub node: String,
    /// The file's name.
    pub file_name: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// The imports, in a unit of work.
pub struct Imports<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Imports<'_> {
    /// Announces a file.
    pub async fn create(&mut self, new: &NewImport) -> Result<ImportId, StoreError> {
        let created = self.unit.now();
        let id = ImportId::new(self.unit.shared().entropy.as_ref(), created);
        self.unit
            .execute(
                "INSERT INTO imports (id, phonebook, account, node, file_name, bytes, state, \
                 created) VALUES ($1, $2, $3, $4, $5, $6, 'uploading', $7)",
                values![
                    id,
                    new.phonebook,
                    new.account,
                    &new.node,
                    &new.file_name,
                    int(new.bytes),
                    created,
                ],
            )
            .await?;
        Ok(id)
    }

    /// One import.
    pub async fn get(&mut self, id: ImportId) -> Result<Option<Import>, StoreError> {
        let sql = "SELECT * FROM imports WHERE id = $1";
        let row = self.unit.row(sql, values![id]).await?;
        row.as_ref().map(Import::read).transpose()
    }

    /// At most `limit` imports into a phonebook, the newest first.
    pub async fn of_phonebook(
        &mut self,
        phonebook: PhonebookId,
        limit: usize,
    ) -> Result<Vec<Import>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self
            .unit
            .rows(
                "SELECT * FROM imports WHERE phonebook = $1 ORDER BY created DESC, id DESC LIMIT $2",
                values![phonebook, limit],
            )
            .await?;
        rows.iter().map(Import::read).collect()
    }

    /// What a node has to work on: imports that are running or are being undone, or have added
    /// contacts that no list shows yet, the oldest first.
    pub async fn at_work(&mut self, node: &str) -> Result<Vec<Import>, StoreError> {
        let rows = self
            .unit
            .rows(
                "SELECT * FROM imports WHERE node = $1 \
                 AND (state IN ('running', 'undoing') OR unlisted > 0) ORDER BY began, id",
                values![node],
            )
            .await?;
        rows.iter().map(Import::read).collect()
    }

    /// The imports whose file a node still needs.
    pub async fn with_file(&mut self, node: &str) -> Result<Vec<ImportId>, StoreError> {
        let rows = self
            .unit
            .rows(
                "SELECT id FROM imports WHERE node = $1 \
                 AND state IN ('uploading', 'ready', 'running', 'failed')",
                values![node],
            )
            .await?;
        rows.iter().map(|row| row.parse("id")).collect()
    }

    /// More of the file is there.
    pub async fn received(&mut self, id: ImportId, bytes: u64) -> Result<(), StoreError> {
        let sql = "UPDATE imports SET received = $2 WHERE id = $1 AND state = 'uploading'";
        self.unit.execute(sql, values![id, int(bytes)]).await?;
        Ok(())
    }

    /// The file is there and was looked at.
    pub async fn ready(&mut self, id: ImportId, file: &ImportFile) -> Result<(), StoreError> {
        self.unit
            .execute(
                "UPDATE imports SET state = 'ready', file = $2, received = bytes \
                 WHERE id = $1 AND state = 'uploading'",
                values![id, json("file", file)?],
            )
            .await?;
        Ok(())
    }

    /// Starts it. `false`: it is not ready, or somebody was faster.
    pub async fn start(&mut self, id: ImportId, plan: &ImportPlan) -> Result<bool, StoreError> {
        let now = self.unit.now();
        let started = self
            .unit
            .execute(
                "UPDATE imports SET state = 'running', plan = $2, began = $3 \
                 WHERE id = $1 AND state = 'ready'",
                values![id, json("plan", plan)?, now],
            )
            .await?;
        Ok(started == 1)
    }

    /// Brings it from one of `from` to `to`. `false`: it is in none of those states.
    pub async fn change(
        &mut self,
        id: ImportId,
        from: &[ImportState],
        to: ImportState,
    ) -> Result<bool, StoreError> {
        let ended = to.is_ended().then(|| self.unit.now());
        for state in from {
            let changed = self
                .unit
                .execute(
                    "UPDATE imports SET state = $3, ended = $4, problem = NULL, words = NULL \
                     WHERE id = $1 AND state = $2",
                    values![id, state.as_str(), to.as_str(), ended],
                )
                .await?;
            if changed == 1 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// It cannot go on: a stable word for why, and what the system said.
    pub async fn fail(
        &mut self,
        id: ImportId,
        problem: &str,
        words: &str,
    ) -> Result<(), StoreError> {
        let now = self.unit.now();
        self.unit
            .execute(
                "UPDATE imports SET state = 'failed', problem = $2, words = $3, ended = $4 \
                 WHERE id = $1 AND state IN ('uploading', 'running')",
                values![id, problem, words, now],
            )
            .await?;
        Ok(())
    }

    /// The rows from `from` on are written in this unit of work; `progress` says up to where, and
    /// what has become of all rows so far. `false`: it does not run any more, or another wrote them
    /// first, and nothing of this unit of work is to be kept.
    pub async fn advance(
        &mut self,
        id: ImportId,
        from: Place,
        progress: &ImportProgress,
    ) -> Result<bool, StoreError> {
        let next = progress.next;
        let changed = self
            .unit
            .execute(
                "UPDATE imports SET next_byte = $3, next_row = $4, next_line = $5, added = $6, \
                 updated = $7, skipped = $8, refused = $9, unlisted = $10 \
                 WHERE id = $1 AND state = 'running' AND next_byte = $2",
                values![
                    id,
                    int(from.byte),
                    int(next.byte),
                    int(next.row),
                    int(next.line),
                    int(progress.added),
                    int(progress.updated),
                    int(progress.skipped),
                    int(progress.refused),
                    int(progress.unlisted),
                ],
            )
            .await?;
        Ok(changed == 1)
    }

    /// Some of what it added is listed in this unit of work; so many contacts are left. `false`: the
    /// import is gone with its phonebook.
    pub async fn listed(&mut self, id: ImportId, left: u64) -> Result<bool, StoreError> {
        let sql = "UPDATE imports SET unlisted = $2 WHERE id = $1";
        Ok(self.unit.execute(sql, values![id, int(left)]).await? == 1)
    }

    /// That many more contacts are taken out in this unit of work. `false`: it is not being undone.
    pub async fn took_out(&mut self, id: ImportId, contacts: u64) -> Result<bool, StoreError> {
        let sql = "UPDATE imports SET undone = undone + $2 WHERE id = $1 AND state = 'undoing'";
        Ok(self.unit.execute(sql, values![id, int(contacts)]).await? == 1)
    }

    /// Forgets an import that has written nothing.
    pub async fn discard(&mut self, id: ImportId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM imports WHERE id = $1 AND state IN ('uploading', 'ready')";
        Ok(self.unit.execute(sql, values![id]).await? == 1)
    }

    /// Forgets what was never started within `idle`.
    pub async fn forget_idle(&mut self, idle: SignedDuration) -> Result<(), StoreError> {
        let before = self.unit.now().checked_sub(idle).unwrap_or(Timestamp::MIN);
        let sql = "DELETE FROM imports WHERE state IN ('uploading', 'ready') AND created < $1";
        self.unit.execute(sql, values![before]).await?;
        Ok(())
    }
}

impl Import {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse("id")?,
            phonebook: row.parse("phonebook")?,
            account: row.parse("account")?,
            node: row.text("node")?,
            file_name: row.text("file_name")?,
            bytes: row.count("bytes")?,
            received: row.count("received")?,
            state: row.parse("state")?,
            file: row.optional_json("file")?,
            plan: row.optional_json("plan")?,
            progress: ImportProgress {
                next: Place {
                    byte: row.count("next_byte")?,
                    row: row.count("next_row")?,
                    line: row.count("next_line")?,
                },
                added: row.count("added")?,
                updated: row.count("updated")?,
                skipped: row.count("skipped")?,
                refused: row.count("refused")?,
                unlisted: row.count("unlisted")?,
            },
            undone: row.count("undone")?,
            problem: row.optional_text("problem")?,
            words: row.optional_text("words")?,
            created: row.time("created")?,
            began: row.optional_time("began")?,
            ended: row.optional_time("ended")?,
        })
    }
}

/// A count as the database keeps it.
fn int(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
