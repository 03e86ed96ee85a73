//! How far a CRM has been read into its phonebook, and who reads it now (F10, F19).

use jiff::{SignedDuration, Timestamp};
use linecard_crm::{Cursor, Module, Words};

use crate::contacts::{module, module_word};
use crate::database::{Row, values};
use crate::said;
use crate::{ConnectionId, StoreError, UnitOfWork};

/// How far one module has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleProgress {
    /// Which.
    pub module: Module,
    /// Where to go on; `None`: nothing is read yet.
    pub cursor: Option<Cursor>,
    /// How many records the first reading has read.
    pub done: u64,
    /// How many it will read in all, where the CRM tells.
    pub total: Option<u64>,
    /// Whether the first reading is through.
    pub complete: bool,
    /// How many requests the last look for edits took.
    pub requests: u64,
    /// When edits were last followed to their end.
    pub edits: Option<Timestamp>,
    /// When deletions were.
    pub deletions: Option<Timestamp>,
    /// What was said about why it cannot be read.
    pub problem: Option<Words>,
}

impl ModuleProgress {
    /// Of a module that nothing is read of yet.
    #[must_use]
    pub fn new(module: Module) -> Self {
        Self {
            module,
            cursor: None,
            done: 0,
            total: None,
            complete: false,
            requests: 0,
            edits: None,
            deletions: None,
            problem: None,
        }
    }
}

/// When a phonebook is looked after next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SyncTurn {
    /// Somebody does so now, until then.
    pub lease_until: Option<Timestamp>,
    /// Who does, or did last.
    pub holder: Option<String>,
    /// When it is due; `None`: it never was looked after.
    pub next_look: Option<Timestamp>,
    /// What was said about why the last look did not end well.
    pub problem: Option<Words>,
}

/// What is wanted at once of a phonebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyncWish {
    /// Nothing.
    Nothing,
    /// The records of which only a part is known.
    Parts,
    /// Edits and deletions, too.
    Everything,
}

/// The progress of syncs, in a unit of work.
pub struct SyncProgress<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl SyncProgress<'_> {
    /// How far the modules of a connection have been read, those of which nothing is read left
    /// out.
    pub async fn modules(
        &mut self,
        connection: ConnectionId,
    ) -> Result<Vec<ModuleProgress>, StoreError> {
        let sql = "SELECT * FROM sync_modules WHERE connection = $1 ORDER BY module";
        let rows = self.unit.rows(sql, values![connection]).await?;
        rows.iter().map(ModuleProgress::read).collect()
    }

    /// Keeps how far a module has been read. Belongs in the unit of work that keeps what was read.
    pub async fn put(
        &mut self,
        connection: ConnectionId,
        progress: &ModuleProgress,
    ) -> Result<(), StoreError> {
        let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        self.unit
            .execute(
                "INSERT INTO sync_modules (connection, module, next_page, done, total, complete, \
                 requests, edits_at, deletions_at, problem, advice) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
                 ON CONFLICT (connection, module) DO UPDATE SET next_page = excluded.next_page, \
                 done = excluded.done, total = excluded.total, complete = excluded.complete, \
                 requests = excluded.requests, edits_at = excluded.edits_at, \
                 deletions_at = excluded.deletions_at, problem = excluded.problem, \
                 advice = excluded.advice",
                values![
                    connection,
                    module_word(progress.module),
                    progress.cursor.as_ref().map(|cursor| cursor.0.as_str()),
                    count(progress.done),
                    progress.total.map(count),
                    progress.complete,
                    count(progress.requests),
                    progress.edits,
                    progress.deletions,
                    progress.problem.as_deref(),
                    said::advice(progress.problem.as_ref())?,
                ],
            )
            .await?;
        Ok(())
    }

    /// Forgets how far a module has been read; all modules where none is given.
    pub async fn forget(
        &mut self,
        connection: ConnectionId,
        module: Option<Module>,
    ) -> Result<(), StoreError> {
        self.unit
            .execute(
                "DELETE FROM sync_modules WHERE connection = $1 AND (module = $2 OR $2 IS NULL)",
                values![connection, module.map(module_word)],
            )
            .await?;
        Ok(())
    }

    /// When a connection's phonebook is looked after.
    pub async fn turn(&mut self, connection: ConnectionId) -> Result<SyncTurn, StoreError> {
        let sql = "SELECT * FROM sync_leases WHERE connection = $1";
        let row = self.unit.row(sql, values![connection]).await?;
        let now = self.unit.now();
        row.map_or(Ok(SyncTurn::default()), |row| {
            let lease = row.time("lease_until")?;
            Ok(SyncTurn {
                lease_until: (lease > now).then_some(lease),
                holder: row.optional_text("holder")?,
                next_look: Some(row.time("next_look")?),
                problem: said::words(&row, "problem")?,
            })
        })
    }

    /// Takes the turn for `holder`, who may have it already. `false`: another has it.
    pub async fn take_turn(
        &mut self,
        connection: ConnectionId,
        holder: &str,
        lease_for: SignedDuration,
    ) -> Result<bool, StoreError> {
        let now = self.unit.now();
        let until = now.saturating_add(lease_for).unwrap_or(Timestamp::MAX);
        let taken = self
            .unit
            .execute(
                "INSERT INTO sync_leases (connection, holder, lease_until, next_look) \
                 VALUES ($1, $2, $3, $4) ON CONFLICT (connection) \
                 DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until \
                 WHERE sync_leases.holder = excluded.holder OR sync_leases.lease_until <= $4",
                values![connection, holder, until, now],
            )
            .await?;
        Ok(taken == 1)
    }

    /// What is wanted at once; whoever asks sees to it.
    pub async fn take_wish(&mut self, connection: ConnectionId) -> Result<SyncWish, StoreError> {
        let sql = "SELECT wish FROM sync_leases WHERE connection = $1";
        let row = self.unit.row(sql, values![connection]).await?;
        let wish = match row.map_or(Ok(0), |row| row.count("wish"))? {
            0 => SyncWish::Nothing,
            1 => SyncWish::Parts,
            _ => SyncWish::Everything,
        };
        let sql = "UPDATE sync_leases SET wish = 0 WHERE connection = $1";
        self.unit.execute(sql, values![connection]).await?;
        Ok(wish)
    }

    /// `holder` is through; the next look is due at `next_look`, or at once where something was
    /// wished for meanwhile. `problem` says why it did not end well; then nothing is at once.
    pub async fn end_turn(
        &mut self,
        connection: ConnectionId,
        holder: &str,
        next_look: Timestamp,
        problem: Option<&Words>,
    ) -> Result<(), StoreError> {
        let now = self.unit.now();
        self.unit
            .execute(
                "UPDATE sync_leases SET lease_until = $3, problem = $5, advice = $7, \
                 next_look = CASE WHEN wish > 0 AND $6 = 1 THEN $3 ELSE $4 END \
                 WHERE connection = $1 AND holder = $2",
                values![
                    connection,
                    holder,
                    now,
                    next_look,
                    problem.map(|it| it.text.as_str()),
                    problem.is_none(),
                    said::advice(problem)?,
                ],
            )
            .await?;
        Ok(())
    }

    /// A look is due at once, for `wish`.
    pub async fn hurry(
        &mut self,
        connection: ConnectionId,
        wish: SyncWish,
    ) -> Result<(), StoreError> {
        let now = self.unit.now();
        let wish = match wish {
            SyncWish::Nothing => return Ok(()),
            SyncWish::Parts => 1_i64,
            SyncWish::Everything => 2,
        };
        self.unit
            .execute(
                "UPDATE sync_leases SET wish = CASE WHEN wish < $3 THEN $3 ELSE wish END, \
                 next_look = CASE WHEN next_look > $2 AND problem IS NULL OR $3 = 2 \
                 THEN $2 ELSE next_look END WHERE connection = $1",
                values![connection, now, wish],
            )
            .await?;
        Ok(())
    }
}

impl ModuleProgress {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let word = row.text("module")?;
        Ok(Self {
            module: module(&word)?,
            cursor: row.optional_text("next_page")?.map(Cursor),
            done: row.count("done")?,
            total: row.optional_count("total")?,
            complete: row.flag("complete")?,
            requests: row.count("requests")?,
            edits: row.optional_time("edits_at")?,
            deletions: row.optional_time("deletions_at")?,
            problem: said::words(row, "problem")?,
        })
    }
}
