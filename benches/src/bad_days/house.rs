//! The Linecard that is tormented, and what can be seen of it from beside it.

use std::path::{Path, PathBuf};
use std::process::Command;

use futures_util::{SinkExt as _, StreamExt as _};
use linecard_call::CallId;
use linecard_rules::create;
use linecard_rules::journal::{self, NotLogged};
use linecard_store::{
    ConnectionId, Entry, EntryCounts, EntryState, NewPhoneSystem, PhoneSystemId, Store,
};
use tokio_tungstenite::tungstenite::Message;

use super::departments;
use super::exchange::{self, COLUMNS, Exchange};
use super::plan::Call;
use super::stand::Stand;
use crate::company::{self, AGENTS, SMALL};
use crate::desks;
use crate::phone_system::SECRET;
use crate::serve::{self, Process};

/// The house.
pub(super) struct House {
    /// Makes the command that starts Linecard.
    serve: Box<dyn Fn() -> Command + Send + Sync>,
    folder: PathBuf,
    /// Where it listens on 127.0.0.1.
    pub(super) port: u16,
    process: Option<Process>,
    /// Its store, looked at from beside it.
    pub(super) store: Store,
    phone_system: PhoneSystemId,
    /// In the order of the stands.
    pub(super) connections: Vec<ConnectionId>,
}

impl House {
    /// Sets up everything as an admin would, but for the sign-ins.
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
        company::organisation(&mut unit, SMALL, &home).await?;
        company::agents(&mut unit, SMALL).await?;
        company::admin(&mut unit).await?;
        let phone_system = unit.phone_systems().create(phone_system).await?.id;
        let mut connections = Vec::new();
        for (place, stand) in stands.iter().enumerate() {
            let id = stand.join(&mut unit).await?;
            let theirs = (0..AGENTS).filter(|agent| departments::works_with(*agent, place));
            let theirs: Vec<_> = theirs.map(company::extension).collect::<Result<_, _>>()?;
            let mut bindings = unit.bindings().list(id).await?;
            bindings.retain(|binding| theirs.contains(&binding.extension));
            unit.bindings().replace(id, bindings).await?;
            let created = create::Options {
                on: true,
                ..create::Options::default()
            };
            unit.choices().put(id, 0, &created).await?;
            connections.push(id);
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

    /// The key of what is written about a call.
    pub(super) fn key(
        &self,
        call: &Call,
        exchange: &Exchange,
    ) -> anyhow::Result<Option<linecard_crm::EntryKey>> {
        let Some(began) = exchange.begun.get(&call.number) else {
            return Ok(None);
        };
        let id = CallId::new(exchange::linkedid(call, *began));
        let extension = company::extension(call.agent)?;
        let key = journal::key(self.phone_system.as_uuid(), &id, &extension);
        Ok(Some(key))
    }

    /// How many entries there are in each state.
    pub(super) async fn counts(&self) -> anyhow::Result<EntryCounts> {
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

    /// A CRM refused to create a stranger, so that the call was not written: its agent creates the
    /// record by hand, which the CRM takes by now.
    pub(super) async fn agent_creates(
        &self,
        call: &Call,
        exchange: &Exchange,
    ) -> anyhow::Result<bool> {
        let Some(key) = self.key(call, exchange)? else {
            return Ok(false);
        };
        let entry = self.store.read().await?.entries().get(&key).await?;
        let Some(began) = exchange.begun.get(&call.number) else {
            return Ok(false);
        };
        if !entry.is_some_and(|entry| is_nobodys(&entry)) {
            return Ok(false);
        }
        let id = exchange::linkedid(call, *began);
        let wish = format!(r#"{{"t":"create","call":"{}.{id}"}}"#, self.phone_system);
        let mut desk = desks::desk(self.port, call.agent).await?;
        desk.send(Message::text(wish)).await?;
        // Desk stays open until it has been told what became of it.
        let told = async {
            while let Some(Ok(message)) = desk.next().await {
                if message
                    .to_text()
                    .is_ok_and(|text| text.contains(r#""to":"create""#))
                {
                    return;
                }
            }
        };
        // It is looked at again by whoever called.
        let _ = tokio::time::timeout(std::time::Duration::from_secs(3), told).await;
        Ok(true)
    }
}

fn is_nobodys(entry: &Entry) -> bool {
    entry.state == EntryState::Skipped && entry.reason.as_deref() == Some(NotLogged::Nobody.code())
}
