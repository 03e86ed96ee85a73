//! The store: opening it, and beginning units of work.

use std::fmt;
use std::sync::Arc;

use linecard_clock::{Clock, Entropy};

use crate::contact_changes::Listening;
use crate::database::{Database, values};
use crate::sealer::Place;
use crate::{OpenError, Sealer, StoreError, UnitOfWork};

/// What is sealed to tell whether a key file is the right one.
const CANARY: &[u8] = b"linecard";
const CANARY_PLACE: Place<'static> = Place {
    table: "canary",
    column: "sealed",
    row: "1",
};

/// A database that is open. Clones share its connections.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) database: Database,
    place: String,
    pub(crate) sealer: Sealer,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) listening: Listening,
}

impl Store {
    /// Opens the database at `url` (`sqlite:///path/linecard.db` or `postgres://...`), makes it
    /// if it is a file that does not exist, and brings its schema up to date.
    pub async fn open(
        url: &str,
        sealer: Sealer,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, OpenError> {
        Self::open_at(url, None, sealer, clock, entropy).await
    }

    /// The same with the schema as it was after its step `schema`.
    pub(crate) async fn open_at(
        url: &str,
        schema: Option<i64>,
        sealer: Sealer,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, OpenError> {
        let (database, path) = Database::open(url, schema).await?;
        let store = Self {
            shared: Arc::new(Shared {
                database,
                place: path.clone(),
                sealer,
                clock,
                entropy,
                listening: Listening::default(),
            }),
        };
        match store.canary().await {
            Ok(true) => Ok(store),
            Ok(false) => Err(OpenError::WrongKey),
            Err(error) => Err(OpenError::at(&path, error)),
        }
    }

    /// Begins a unit of work that reads: it sees one state of the database, whatever others
    /// write meanwhile. A change made in it is refused. Dropping it ends it.
    pub async fn read(&self) -> Result<UnitOfWork, StoreError> {
        let transaction = self.shared.database.read().await?;
        Ok(UnitOfWork::new(transaction, Arc::clone(&self.shared)))
    }

    /// Begins a unit of work that writes. Nothing of it is kept unless
    /// [`UnitOfWork::commit`] has returned. On SQLite it waits for the one before it: keep it
    /// short, and never wait for a network inside.
    pub async fn begin(&self) -> Result<UnitOfWork, StoreError> {
        let transaction = self.shared.database.write().await?;
        Ok(UnitOfWork::new(transaction, Arc::clone(&self.shared)))
    }

    /// Where the database is, for a person: its file, or its server without the password.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.shared.place
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// Waits for the units of work in progress and closes every connection. Without it, nothing
    /// is lost either.
    pub async fn close(&self) {
        self.shared.database.close().await;
    }

    /// Whether the key opens what was sealed when this database was first opened; the first
    /// time it seals that.
    async fn canary(&self) -> Result<bool, StoreError> {
        let Shared {
            sealer, entropy, ..
        } = self.shared.as_ref();
        let sealed = sealer.seal(entropy.as_ref(), CANARY_PLACE, CANARY);
        let mut unit = self.begin().await?;
        unit.execute(
            "INSERT INTO canary (id, sealed) VALUES (1, $1) ON CONFLICT (id) DO NOTHING",
            values![sealed],
        )
        .await?;
        let row = unit
            .row("SELECT sealed FROM canary WHERE id = 1", values![])
            .await?;
        unit.commit().await?;
        let kept = row.map(|row| row.bytes("sealed")).transpose()?;
        let opened = kept.and_then(|kept| sealer.open(CANARY_PLACE, &kept));
        Ok(opened.as_deref() == Some(CANARY))
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}
