//! A phone system inside the process: what it is told to happen has happened at once.

use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use linecard_call::{
    BridgeId, CallId, Channel, ChannelId, ChannelState, DialResult, Endpoint, Event, HangupCause,
};
use linecard_number::Extension;
use linecard_pbx::{
    Abilities, CommandError, Device, LinkState, Pbx, PbxKind, PbxSettings, Problem, Report,
    Reports, SettingError,
};
use tokio::sync::mpsc::WeakSender;
use tokio::sync::watch;

use crate::company;

/// The kind under which the store has it.
pub(crate) const KIND: &str = "bench";

/// The phone system; clones are the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phones(Arc<watch::Sender<Option<Linked>>>);

/// The way to whoever listens, which does not keep them listening.
type Linked = WeakSender<Vec<Report>>;

impl Phones {
    /// `caller` called, the agent of `extension` answered, and both have hung up.
    pub(crate) async fn answered_call(
        &self,
        id: &str,
        caller: &str,
        extension: &Extension,
    ) -> anyhow::Result<()> {
        let mut linked = self.0.subscribe();
        let linked = linked.wait_for(Option::is_some).await?.clone();
        let reports = linked.and_then(|linked| linked.upgrade());
        let reports = reports.context("nobody listens to the phone system")?;
        reports.send(answered_call(id, caller, extension)).await?;
        Ok(())
    }
}

fn answered_call(id: &str, number: &str, extension: &Extension) -> Vec<Report> {
    let [line, phone] = [id, &format!("{id}/phone")].map(ChannelId::new);
    let bridge = BridgeId::new(id);
    let channel = |id: &ChannelId, endpoint, state, number: Option<&str>| {
        Event::Channel(Box::new(Channel {
            id: id.clone(),
            call: CallId::new(&*line.0),
            endpoint,
            state,
            number: number.map(Into::into),
            name: None,
            dialled: None,
            trunk: None,
            created: None,
        }))
    };
    let own = || Endpoint::Extension(extension.clone());
    let enter = |channel: &ChannelId| Event::BridgeEnter {
        channel: channel.clone(),
        bridge: bridge.clone(),
    };
    let hangup = |channel: &ChannelId| Event::Hangup {
        channel: channel.clone(),
        cause: HangupCause::Other,
    };
    let events = [
        channel(&line, Endpoint::Trunk, ChannelState::Down, Some(number)),
        channel(&phone, own(), ChannelState::Down, None),
        Event::DialBegin {
            caller: Some(line.clone()),
            called: phone.clone(),
            number: None,
        },
        channel(&phone, own(), ChannelState::Ringing, None),
        Event::DialEnd {
            caller: Some(line.clone()),
            called: phone.clone(),
            result: DialResult::Answer,
        },
        enter(&phone),
        enter(&line),
        hangup(&line),
        hangup(&phone),
    ];
    let at = company::now();
    events
        .into_iter()
        .map(|event| Report::Event { at, event })
        .collect()
}

#[async_trait]
impl PbxKind for Phones {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn secrets(&self) -> &'static [&'static str] {
        &[]
    }

    fn open(&self, _settings: &PbxSettings) -> Result<Arc<dyn Pbx>, SettingError> {
        Ok(Arc::new(self.clone()))
    }

    async fn probe(&self, _settings: &PbxSettings) -> Result<String, Problem> {
        Ok("Bench".to_owned())
    }
}

#[async_trait]
impl Pbx for Phones {
    fn abilities(&self) -> Abilities {
        Abilities::default()
    }

    async fn run(&self, reports: Reports) {
        let version = "Bench".to_owned();
        let up = vec![Report::Link(LinkState::Up { version })];
        if reports.send(up).await.is_ok() {
            self.0.send_replace(Some(reports.downgrade()));
            reports.closed().await;
        }
    }

    async fn devices(&self) -> Result<Vec<Device>, CommandError> {
        Ok(Vec::new())
    }

    async fn hang_up(&self, _call: &CallId, _extension: &Extension) -> Result<(), CommandError> {
        Err(CommandError::Unsupported)
    }

    async fn answer(&self, _call: &CallId, _extension: &Extension) -> Result<(), CommandError> {
        Err(CommandError::Unsupported)
    }
}
