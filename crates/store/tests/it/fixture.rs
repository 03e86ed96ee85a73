//! A fresh store on each database, for each test.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use linecard_clock::{Clock, SystemEntropy, TestClock};
use linecard_store::{ConnectionId, NewJob, Sealer, Store, UnitOfWork};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::postgres::PostgresDatabase;

/// When every test begins: 2026-03-01 09:00 UTC.
pub(crate) const START: i64 = 1_772_355_600;

/// A store with a clock that the test moves.
pub(crate) struct Fixture {
    pub(crate) store: Store,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) url: String,
    place: Place,
    /// The connection of jobs that are of no particular one; made when it is first asked for.
    home: OnceCell<ConnectionId>,
}

enum Place {
    Sqlite(TempDir),
    Postgres(PostgresDatabase),
}

impl Fixture {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("linecard.db").display());
        Self::open(url, Place::Sqlite(folder)).await
    }

    pub(crate) async fn postgres() -> Self {
        let database = PostgresDatabase::create().await;
        Self::open(database.url.clone(), Place::Postgres(database)).await
    }

    async fn open(url: String, place: Place) -> Self {
        let start = Timestamp::from_second(START).unwrap();
        let clock = Arc::new(TestClock::at(start));
        let store = open(&url, Arc::clone(&clock) as _).await;
        Self {
            store,
            clock,
            url,
            place,
            home: OnceCell::new(),
        }
    }

    /// The connection of jobs that are of no particular one.
    pub(crate) async fn home(&self) -> ConnectionId {
        let made = || async { self.connection().await.id };
        *self.home.get_or_init(made).await
    }

    /// A job of that connection; its key is unique in a test.
    pub(crate) async fn job_in(&self, key: &str, lane: &str) -> NewJob {
        crate::samples::job(self.home().await, key, lane)
    }

    /// The same database, opened a second time as another process would.
    pub(crate) async fn another(&self) -> Store {
        open(&self.url, Arc::clone(&self.clock) as _).await
    }

    pub(crate) async fn begin(&self) -> UnitOfWork {
        self.store.begin().await.unwrap()
    }

    pub(crate) async fn read(&self) -> UnitOfWork {
        self.store.read().await.unwrap()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    /// The moment `seconds` from now.
    pub(crate) fn later(&self, seconds: i64) -> Timestamp {
        self.now() + SignedDuration::from_secs(seconds)
    }

    /// Closes the store and removes its database.
    pub(crate) async fn remove(self) {
        self.store.close().await;
        match self.place {
            Place::Sqlite(folder) => folder.close().unwrap(),
            Place::Postgres(database) => database.drop().await,
        }
    }
}

async fn open(url: &str, clock: Arc<dyn Clock>) -> Store {
    Store::open(url, Sealer::for_tests(), clock, Arc::new(SystemEntropy))
        .await
        .unwrap()
}

/// Runs each test once per database.
macro_rules! on_both_databases {
    ($($test:ident),+ $(,)?) => {$(
        mod $test {
            #[tokio::test]
            async fn sqlite() {
                let fixture = $crate::fixture::Fixture::sqlite().await;
                super::$test(&fixture).await;
                fixture.remove().await;
            }

            #[tokio::test]
            async fn postgres() {
                let fixture = $crate::fixture::Fixture::postgres().await;
                super::$test(&fixture).await;
                fixture.remove().await;
            }
        }
    )+};
}
pub(crate) use on_both_databases;
