//! The Linecard that is tormented, and the person who looks after it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use linecard_store::{ConnectionId, EntryCounts, NewPhoneSystem, PhoneSystemId, Store};

use super::exchange::{COLUMNS, Exchange};
use super::stand::Stand;
use crate::company;
use crate::phone_system::SECRET;
use crate::serve::{self, Process};

/// How often it is looked whether all is done.
const LOOK_AGAIN: Duration = Duration::from_millis(200);
/// When nothing has happened for so long, a person has a look.
const STUCK: Duration = Duration::from_secs(5);

/// The house.
pub(super) struct House {
    /// Makes the command that starts Linecard.
    serve: Box<dyn Fn() -> Command + Send + Sync>,
    folder: PathBuf,
    port: u16,
    process: Option<Process>,
    /// Its store, looked at from beside it.
    pub(super) store: Store,
    pub(super) phone_system: PhoneSystemId,
    /// In the order of the stands.
    connections: Vec<ConnectionId>,
}

impl House {
    /// Sets up everything as an admin would.
    pub(super) async fn furnish(
        serve: Box<dyn Fn() -> Command + Send + Sync>,
        folder: &Path,
        exchange: &Exchange,
        stands: &[Box<dyn Stand>],
    ) -> anyhow::Result<Self> {
        let port = serve::free_port()?;
        let store = company::store(&serve::database(folder), folder).await?;
        let settings = [
            ("host", "127.0.0.1".to_owned()),
            ("port", exchange.port()?.to_string()),
            ("username", "linecard".to_owned()),
            ("own", r"PJSIP/1\d\d".to_owned()),
            ("trunk", "PJSIP/trunk".to_owned()),
            ("records", exchange.path.display().to_string()),
            ("records_kind", "cdr".to_owned()),
            ("records_time_zone", "UTC".to_owned()),
            ("records_columns", COLUMNS.to_owned()),
        ];
        let phone_system = NewPhoneSystem {
            kind: "asterisk".to_owned(),
            name: "Exchange".to_owned(),
            settings: settings
                .map(|(name, value)| (name.to_owned(), value))
                .into(),
            secrets: [("secret".to_owned(), SECRET.to_owned())].into(),
        };
        let mut unit = store.begin().await?;
        let home = format!("http://127.0.0.1:{port}");
        company::organisation(&mut unit, &home).await?;
        company::agents(&mut unit).await?;
        let phone_system = unit.phone_systems().create(phone_system).await?.id;
        let mut connections = Vec::new();
        for stand in stands {
            connections.push(stand.join(&mut unit).await?);
        }
        unit.commit().await?;
        Ok(Self {
            serve,
            folder: folder.to_owned(),
            port,
            process: None,
            store,
            phone_system,
            connections,
        })
    }

    pub(super) fn starts(&mut self) -> anyhow::Result<()> {
        let process = Process::run((self.serve)(), self.port, &self.folder)?;
        tokio::task::block_in_place(|| process.lives_after())?;
        self.process = Some(process);
        Ok(())
    }

    /// SIGKILL: no chance to put anything in order.
    pub(super) fn is_killed(&mut self) {
        self.process = None;
    }

    /// While Linecard is down, a person signs in again where consent was taken back, and has
    /// what was refused tried again.
    pub(super) async fn person_acts(&self, stands: &[Box<dyn Stand>]) -> anyhow::Result<()> {
        let now = company::now();
        let mut unit = self.store.begin().await?;
        for (stand, id) in stands.iter().zip(&self.connections) {
            stand.allow_again();
            let connection = unit.connections().get(*id).await?;
            if connection
                .context("a connection is gone")?
                .problem
                .is_some()
            {
                if let Some(grant) = stand.grant()? {
                    unit.connections().set_grant(*id, Some(&grant)).await?;
                }
                unit.connections().set_problem(*id, None).await?;
                unit.jobs().resume(*id, now).await?;
            }
            for job in unit.jobs().unpark_all(*id, now).await? {
                let key = job.key.strip_prefix("log/").unwrap_or_default();
                let key = linecard_crm::EntryKey::new(key);
                if let Some(mut entry) = unit.entries().get(&key).await? {
                    entry.state = linecard_store::EntryState::Waiting;
                    unit.entries().update(&entry).await?;
                }
            }
        }
        unit.commit().await?;
        Ok(())
    }

    /// Waits until every call is written, or patience is at its end. When nothing more happens because a person is needed,
    /// Linecard is killed once more, and the person acts.
    pub(super) async fn settles(
        &mut self,
        calls: usize,
        patience: Duration,
        stands: &[Box<dyn Stand>],
        exchange: &mut Exchange,
    ) -> anyhow::Result<()> {
        let deadline = Instant::now() + patience;
        let mut last = (EntryCounts::default(), Instant::now());
        loop {
            let counts = self.counts().await?;
            if usize::try_from(counts.written)? >= calls {
                return Ok(());
            }
            if Instant::now() > deadline {
                // What is missing will be told one by one.
                return Ok(());
            }
            if counts != last.0 {
                last = (counts, Instant::now());
            } else if last.1.elapsed() > STUCK && self.needs_person().await? {
                self.is_killed();
                self.person_acts(stands).await?;
                self.starts()?;
                tokio::task::block_in_place(|| exchange.answer())?;
                last.1 = Instant::now();
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    async fn counts(&self) -> anyhow::Result<EntryCounts> {
        let mut unit = self.store.read().await?;
        let mut all = EntryCounts::default();
        for connection in &self.connections {
            let counts = unit.entries().counts(*connection).await?;
            all.waiting += counts.waiting;
            all.written += counts.written;
            all.parked += counts.parked;
            all.skipped += counts.skipped;
        }
        Ok(all)
    }

    async fn needs_person(&self) -> anyhow::Result<bool> {
        let mut unit = self.store.read().await?;
        for connection in &self.connections {
            let counts = unit.jobs().counts(*connection).await?;
            if counts.parked + counts.waiting_for_person > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
