//! The store: opening it, and beginning units of work.

use std::fmt;
use std::sync::Arc;

use linecard_clock::{Clock, Entropy};

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
    pub(crate) sealer: Sealer,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
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
        let database = Database::open(url).await?;
        let store = Self {
            shared: Arc::new(Shared {
                database,
                sealer,
                clock,
                entropy,
            }),
        };
        store.check_key().await?;
        Ok(store)
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

    /// Waits for the units of work in progress and closes every connection. Without it, nothing
    /// is lost either.
    pub async fn close(&self) {
        self.shared.database.close().await;
    }

    /// Makes sure that the key opens what is sealed in this database.
    async fn check_key(&self) -> Result<(), OpenError> {
        let mut unit = self.begin().await.map_err(OpenError::Store)?;
        let sealed =
            unit.shared()
                .sealer
                .seal(unit.shared().entropy.as_ref(), CANARY_PLACE, CANARY);
        let check = async {
            unit.execute(
                "INSERT INTO canary (id, sealed) VALUES (1, $1) ON CONFLICT (id) DO NOTHING",
                values![sealed],
            )
            .await?;
            let row = unit
                .row("SELECT sealed FROM canary WHERE id = 1", values![])
                .await?;
            let opened = match row {
                Some(row) => self.shared.sealer.open(CANARY_PLACE, &row.bytes("sealed")?),
                None => None,
            };
            unit.commit().await?;
            Ok(opened)
        };
        match check.await.map_err(OpenError::Store)? {
            Some(opened) if opened == CANARY => Ok(()),
            _ => Err(OpenError::WrongKey),
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}
