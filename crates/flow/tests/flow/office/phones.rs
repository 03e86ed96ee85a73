//! A phone system whose events the test makes.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use linecard_call::{
    BridgeId, Call, CallId, Channel, ChannelId, ChannelState, DialResult, Endpoint, Event,
    HangupCause,
};
use linecard_number::Extension;
use linecard_pbx::{
    Abilities, CommandError, Device, Dial, DialFailure, LinkState, Past, Pbx, PbxKind, PbxSettings,
    Problem, QueuePause, Recorded, RecordsError, Report, Reports, SettingError,
};
use tokio::sync::watch;

use super::orders::{Order, Orders};
use super::queues::Queues;
use super::{DEADLINE, ext, now};

/// The phones; clones are the same phones.
#[derive(Clone, Default)]
pub(crate) struct Phones {
    link: Arc<Mutex<Option<Reports>>>,
    linked: Arc<watch::Sender<u64>>,
    orders: Arc<Orders>,
    queues: Arc<Queues>,
    records: Arc<watch::Sender<Records>>,
}

/// What the phone system's own records hold.
#[derive(Clone, Default)]
pub(crate) enum Records {
    /// Nobody said where they are.
    #[default]
    NotSetUp,
    /// The answer takes its time.
    Slow,
    /// These calls.
    Hold(Vec<Call>),
    /// They cannot be read, for this reason.
    Broken(&'static str),
}

impl Phones {
    /// Waits until Linecard listens.
    async fn reports(&self) -> Reports {
        let mut linked = self.linked.subscribe();
        let open = async {
            loop {
                let open = self
                    .link
                    .lock()
                    .unwrap()
                    .clone()
                    .filter(|it| !it.is_closed());
                if let Some(reports) = open {
                    return reports;
                }
                linked.changed().await.unwrap();
            }
        };
        tokio::time::timeout(DEADLINE, open)
            .await
            .expect("never linked")
    }

    /// What the records answer from now on, and to who waits.
    pub(crate) fn records(&self, records: Records) {
        self.records.send_replace(records);
    }

    /// The next call that Linecard asks for.
    pub(crate) async fn order(&self) -> Order {
        self.orders.next().await
    }

    /// Whether Linecard has asked for nothing that the test has not seen.
    pub(crate) async fn has_no_order(&self) -> bool {
        self.orders.are_none().await
    }

    /// Its queues.
    pub(crate) fn queues(&self) -> &Queues {
        &self.queues
    }

    /// An extension's phone becomes a member of a queue.
    pub(crate) async fn joins_queue(&self, extension: &str, queue: &'static str) {
        let reports = self.reports().await;
        self.queues.add(extension, queue);
        let joined = vec![Report::JoinedQueue(ext(extension))];
        reports.send(joined).await.unwrap();
    }

    async fn say(&self, events: impl IntoIterator<Item = Event>) {
        let batch = events
            .into_iter()
            .map(|event| Report::Event { at: now(), event })
            .collect();
        self.reports().await.send(batch).await.unwrap();
    }

    /// An outside caller rings these extensions at once.
    pub(crate) async fn ring(&self, id: &str, from: Option<&str>, extensions: &[&str]) {
        let mut events = vec![channel(id, id, Endpoint::Trunk, ChannelState::Down, from)];
        for number in extensions {
            let phone = phone(id, number);
            let whose = Endpoint::Extension(ext(number));
            events.push(channel(id, &phone, whose.clone(), ChannelState::Down, None));
            events.push(Event::DialBegin {
                caller: Some(ChannelId(id.into())),
                called: ChannelId(phone.as_str().into()),
                number: None,
            });
            events.push(channel(id, &phone, whose, ChannelState::Ringing, None));
        }
        self.say(events).await;
    }

    /// An extension dials an outside number, which rings.
    pub(crate) async fn dial(&self, id: &str, extension: &str, number: &str) {
        let whose = Endpoint::Extension(ext(extension));
        let trunk = phone(id, "trunk");
        let mut caller = channel(id, id, whose, ChannelState::Up, Some(extension));
        if let Event::Channel(channel) = &mut caller {
            channel.dialled = Some(number.into());
        }
        self.say([
            caller,
            channel(id, &trunk, Endpoint::Trunk, ChannelState::Down, None),
            Event::DialBegin {
                caller: Some(ChannelId(id.into())),
                called: ChannelId(trunk.as_str().into()),
                number: Some(number.into()),
            },
        ])
        .await;
    }

    /// A rung party (`trunk`: the outside) answers.
    pub(crate) async fn answer(&self, id: &str, party: &str, losers: &[&str]) {
        let taker = ChannelId(phone(id, party).into());
        let mut events = vec![Event::DialEnd {
            caller: Some(ChannelId(id.into())),
            called: taker.clone(),
            result: DialResult::Answer,
        }];
        for loser in losers {
            events.push(Event::DialEnd {
                caller: Some(ChannelId(id.into())),
                called: ChannelId(phone(id, loser).into()),
                result: DialResult::Cancel,
            });
            events.push(hangup(&phone(id, loser), HangupCause::AnsweredElsewhere));
        }
        for channel in [taker, ChannelId(id.into())] {
            events.push(Event::BridgeEnter {
                channel,
                bridge: BridgeId(id.into()),
            });
        }
        self.say(events).await;
    }

    /// Everybody hangs up.
    pub(crate) async fn hang_up(&self, id: &str, parties: &[&str]) {
        let mut events: Vec<_> = parties
            .iter()
            .map(|party| hangup(&phone(id, party), HangupCause::Other))
            .collect();
        events.push(hangup(id, HangupCause::Other));
        self.say(events).await;
    }

    /// A whole answered call from outside to 101.
    pub(crate) async fn answered_call(&self, id: &str, from: &str) {
        self.ring(id, Some(from), &["101"]).await;
        self.answer(id, "101", &[]).await;
        self.hang_up(id, &["101"]).await;
    }
}

fn phone(call: &str, party: &str) -> String {
    format!("{call}/{party}")
}

fn hangup(channel: &str, cause: HangupCause) -> Event {
    Event::Hangup {
        channel: ChannelId(channel.into()),
        cause,
    }
}

fn channel(
    call: &str,
    id: &str,
    endpoint: Endpoint,
    state: ChannelState,
    number: Option<&str>,
) -> Event {
    Event::Channel(Box::new(Channel {
        id: ChannelId(id.into()),
        call: CallId::new(call),
        endpoint,
        state,
        number: number.map(Into::into),
        name: None,
        dialled: None,
        trunk: None,
        created: None,
    }))
}

/// The phones keep one sender; when the link is taken down that must go, too.
struct Unlink<'a>(&'a Phones);

impl Drop for Unlink<'_> {
    fn drop(&mut self) {
        *self.0.link.lock().unwrap() = None;
    }
}

#[async_trait]
impl Pbx for Phones {
    fn abilities(&self) -> Abilities {
        Abilities {
            dial: true,
            ..Abilities::default()
        }
    }

    async fn run(&self, reports: Reports) {
        let up = LinkState::Up {
            version: "fake".to_owned(),
        };
        if reports.send(vec![Report::Link(up)]).await.is_err() {
            return;
        }
        *self.link.lock().unwrap() = Some(reports.clone());
        self.linked.send_modify(|times| *times += 1);
        let _unlink = Unlink(self);
        std::future::pending::<()>().await;
    }

    async fn devices(&self) -> Result<Vec<Device>, CommandError> {
        Ok(Vec::new())
    }

    async fn hang_up(&self, _: &CallId, _: &Extension) -> Result<(), CommandError> {
        Err(CommandError::Unsupported)
    }

    async fn answer(&self, _: &CallId, _: &Extension) -> Result<(), CommandError> {
        Err(CommandError::Unsupported)
    }

    async fn pause(&self, wanted: &[QueuePause]) -> Result<(), CommandError> {
        self.queues.pause(wanted);
        Ok(())
    }

    async fn dial(&self, order: Dial) -> Result<(), DialFailure> {
        self.orders.place(order).await
    }

    async fn records(&self, past: &Past) -> Result<Recorded, RecordsError> {
        let mut records = self.records.subscribe();
        let told = records
            .wait_for(|records| !matches!(records, Records::Slow))
            .await
            .unwrap()
            .clone();
        match told {
            Records::NotSetUp | Records::Slow => Err(RecordsError::NotSetUp),
            Records::Broken(words) => Err(RecordsError::Unreadable(words.to_owned())),
            Records::Hold(mut calls) => {
                calls.retain(|call| call.started >= past.since);
                let until = past.until;
                Ok(Recorded { calls, until })
            }
        }
    }
}

/// The kind of that phone system.
pub(crate) struct FakeKind(pub(crate) Phones);

#[async_trait]
impl PbxKind for FakeKind {
    fn kind(&self) -> &'static str {
        "fake"
    }

    fn secrets(&self) -> &'static [&'static str] {
        &[]
    }

    fn open(&self, _: &PbxSettings) -> Result<Arc<dyn Pbx>, SettingError> {
        Ok(Arc::new(self.0.clone()))
    }

    async fn probe(&self, _: &PbxSettings) -> Result<String, Problem> {
        Ok("fake".to_owned())
    }
}
