//! A phone system that says what the test has it say.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use jiff::Timestamp;
use linecard_call::{
    BridgeId, CallId, Channel, ChannelId, ChannelState, DialResult, Endpoint, Event,
};
use linecard_number::Extension;
use linecard_pbx::{
    Abilities, CommandError, Device, Dial, DialFailure, DialTarget, LinkState, Pbx, PbxKind,
    PbxSettings, PickUpFailure, Problem, ProblemKind, Report, Reports, SampleCaller, SettingError,
    SimulatedCall, Simulation, Softphone, Target, TargetKind, Whose,
};
use secrecy::SecretString;
use url::Url;

use tokio::sync::mpsc::WeakSender;

/// What all links to it have in common; the test's handle.
#[derive(Default)]
pub(crate) struct FakePhones {
    /// Weak, because a link ends when nobody can report on it any more.
    reports: Mutex<Option<WeakSender<Vec<Report>>>>,
    /// What was asked of it: `answer 101`.
    asked: Mutex<Vec<String>>,
    /// Why calls are not placed; `None` while they are.
    dial_fails: Mutex<Option<DialFailure>>,
    /// Why ringing calls do not come to softphones; `None` while they do.
    pick_up_fails: Mutex<Option<PickUpFailure>>,
}

impl FakePhones {
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// Calls are not placed from now on.
    pub(crate) fn fail_dials(&self, failure: DialFailure) {
        *self.dial_fails.lock().unwrap() = Some(failure);
    }

    /// Ringing calls do not come to softphones from now on.
    pub(crate) fn fail_pick_ups(&self, failure: PickUpFailure) {
        *self.pick_up_fails.lock().unwrap() = Some(failure);
    }

    fn note(&self, what: String) {
        self.asked.lock().unwrap().push(what);
    }

    async fn say(&self, events: Vec<Event>) {
        let at = Timestamp::UNIX_EPOCH;
        let events = events.into_iter();
        self.report(events.map(|event| Report::Event { at, event }).collect())
            .await;
    }

    /// Something is wrong although the link is up.
    pub(crate) async fn notice(&self, kind: ProblemKind, words: &str) {
        let words = words.to_owned();
        self.report(vec![Report::Notice(Problem { kind, words })])
            .await;
    }

    /// The link is so from now on.
    pub(crate) async fn link(&self, state: LinkState) {
        self.report(vec![Report::Link(state)]).await;
    }

    async fn report(&self, batch: Vec<Report>) {
        let reports = self.reports.lock().unwrap().clone();
        let reports = reports
            .and_then(|reports| reports.upgrade())
            .expect("no link runs");
        reports.send(batch).await.expect("nobody listens");
    }

    /// An outside caller rings an extension.
    pub(crate) async fn ring(&self, call: &str, from: &str, to: &str) {
        self.ring_named(call, from, None, to).await;
    }

    /// An outside caller, who sends a name too, rings an extension.
    pub(crate) async fn ring_named(
        &self,
        call: &str,
        from: &str,
        from_name: Option<&str>,
        to: &str,
    ) {
        let channel = |name: &str, endpoint, state, number: &str, dialled: Option<&str>| {
            Event::Channel(Box::new(Channel {
                id: ChannelId::new(&format!("{call}-{name}")),
                call: CallId::new(call),
                endpoint,
                state,
                number: Some(number.into()),
                name: from_name.filter(|_| name == "in").map(Into::into),
                dialled: dialled.map(Into::into),
                trunk: None,
                created: None,
            }))
        };
        let extension = || Endpoint::Extension(to.parse().unwrap());
        self.say(vec![
            channel(
                "in",
                Endpoint::Trunk,
                ChannelState::Down,
                from,
                Some("4155550100"),
            ),
            channel("out", extension(), ChannelState::Down, to, None),
            Event::DialBegin {
                caller: Some(ChannelId::new(&format!("{call}-in"))),
                called: ChannelId::new(&format!("{call}-out")),
                number: None,
            },
            channel("out", extension(), ChannelState::Ringing, to, None),
        ])
        .await;
    }

    /// The extension that rings takes the call.
    pub(crate) async fn take(&self, call: &str) {
        let channel = |name: &str| ChannelId::new(&format!("{call}-{name}"));
        let enter = |name: &str| Event::BridgeEnter {
            channel: channel(name),
            bridge: BridgeId::new(call),
        };
        self.say(vec![
            Event::DialEnd {
                caller: Some(channel("in")),
                called: channel("out"),
                result: DialResult::Answer,
            },
            enter("in"),
            enter("out"),
        ])
        .await;
    }
}

/// A kind of phone system; `simulation` says whether its links play the outside world too.
pub(crate) struct FakeKind {
    pub(crate) phones: Arc<FakePhones>,
    pub(crate) simulation: bool,
}

#[async_trait]
impl PbxKind for FakeKind {
    fn kind(&self) -> &'static str {
        if self.simulation { "toy" } else { "fake" }
    }

    fn secrets(&self) -> &'static [&'static str] {
        &["secret"]
    }

    fn open(&self, settings: &PbxSettings) -> Result<Arc<dyn Pbx>, SettingError> {
        if settings.get("host").is_none() {
            return Err(SettingError {
                field: "host",
                words: "a host is needed".to_owned(),
            });
        }
        Ok(Arc::new(FakeLink {
            phones: Arc::clone(&self.phones),
            simulation: self.simulation,
            has_secret: settings.get("secret").is_some(),
            softphones: settings
                .get("sip_websocket")
                .zip(settings.get("secret"))
                .map(|(address, secret)| (address.parse().unwrap(), secret.into())),
        }))
    }

    async fn probe(&self, settings: &PbxSettings) -> Result<String, Problem> {
        match settings.get("secret") {
            Some(_) => Ok("Fake 1".to_owned()),
            None => Err(wrong_secret()),
        }
    }
}

fn wrong_secret() -> Problem {
    Problem {
        kind: ProblemKind::WrongSecret,
        words: "Authentication failed".to_owned(),
    }
}

struct FakeLink {
    phones: Arc<FakePhones>,
    simulation: bool,
    has_secret: bool,
    /// Where softphones reach it, and their password.
    softphones: Option<(Url, SecretString)>,
}

#[async_trait]
impl Pbx for FakeLink {
    fn abilities(&self) -> Abilities {
        Abilities {
            answer: true,
            hang_up: true,
            dial: true,
            transfer: true,
            pick_up: self.softphones.is_some(),
            simulation: self.simulation,
        }
    }

    async fn run(&self, reports: Reports) {
        let state = if self.has_secret {
            LinkState::Up {
                version: "Fake 1".to_owned(),
            }
        } else {
            LinkState::NeedsPerson(wrong_secret())
        };
        *self.phones.reports.lock().unwrap() = Some(reports.downgrade());
        if reports.send(vec![Report::Link(state)]).await.is_ok() {
            std::future::pending::<()>().await;
        }
    }

    async fn devices(&self) -> Result<Vec<Device>, CommandError> {
        let device = |device: &str, whose| Device {
            whose,
            device: device.to_owned(),
            name: None,
            email: None,
        };
        let bob = || Whose::Extension("102".parse().unwrap());
        Ok(vec![
            Device {
                name: Some("Bob".to_owned()),
                email: Some("bob@example.com".to_owned()),
                ..device("FAKE/102", bob())
            },
            device("FAKE/102-web", bob()),
            device("FAKE/alice", Whose::Unassigned),
            device("FAKE/door", Whose::Ignored),
            device("FAKE/trunk", Whose::Trunk),
        ])
    }

    async fn hang_up(&self, _: &CallId, extension: &Extension) -> Result<(), CommandError> {
        self.phones.note(format!("hang up {extension}"));
        Err(CommandError::Refused("no such channel".to_owned()))
    }

    async fn transfer(
        &self,
        _: &CallId,
        extension: &Extension,
        to: &DialTarget,
    ) -> Result<(), CommandError> {
        self.phones
            .note(format!("{extension} passes on to {}", dialled(to)));
        Ok(())
    }

    async fn dial(&self, order: Dial) -> Result<(), DialFailure> {
        let to = dialled(&order.to);
        let name = order.name.as_deref().unwrap_or("nobody");
        self.phones
            .note(format!("{} calls {to}: {name}", order.extension));
        self.phones
            .dial_fails
            .lock()
            .unwrap()
            .clone()
            .map_or(Ok(()), Err)
    }

    async fn answer(&self, _: &CallId, extension: &Extension) -> Result<(), CommandError> {
        self.phones.note(format!("answer {extension}"));
        Ok(())
    }

    async fn pick_up(&self, call: &CallId, extension: &Extension) -> Result<(), PickUpFailure> {
        self.phones.note(format!("{extension} fetches {call}"));
        let failure = self.phones.pick_up_fails.lock().unwrap().clone();
        failure.map_or(Ok(()), Err)
    }

    fn softphone(&self, extension: &Extension) -> Option<Softphone> {
        let (address, secret) = self.softphones.clone()?;
        Some(Softphone {
            address,
            user: format!("{extension}-web"),
            secret,
        })
    }

    fn simulation(&self) -> Option<&dyn Simulation> {
        self.simulation.then_some(self)
    }
}

impl Simulation for FakeLink {
    fn targets(&self) -> Vec<Target> {
        vec![Target {
            kind: TargetKind::Extension,
            number: "101".to_owned(),
            name: "Alice".to_owned(),
        }]
    }

    fn callers(&self) -> Vec<SampleCaller> {
        vec![SampleCaller {
            name: "Eve".to_owned(),
            number: "+14155550134".to_owned(),
        }]
    }

    fn calls(&self) -> Vec<SimulatedCall> {
        vec![SimulatedCall {
            call: CallId::new("toy.1"),
            from: None,
            to: "101".to_owned(),
            talking: false,
            outside_can_answer: false,
        }]
    }

    fn ring(&self, from: Option<&str>, _: Option<&str>, to: &str) -> Result<CallId, CommandError> {
        self.phones.note(format!("ring {from:?} {to}"));
        Ok(CallId::new("toy.2"))
    }

    fn dial(&self, extension: &Extension, number: &str) -> Result<CallId, CommandError> {
        self.phones.note(format!("dial {extension} {number}"));
        Ok(CallId::new("toy.3"))
    }

    fn outside_answers(&self, call: &CallId) -> Result<(), CommandError> {
        self.phones.note(format!("outside answers {call}"));
        Ok(())
    }

    fn outside_hangs_up(&self, _: &CallId) -> Result<(), CommandError> {
        Err(CommandError::Gone)
    }
}

fn dialled(to: &DialTarget) -> &str {
    match to {
        DialTarget::Extension(extension) => extension.as_str(),
        DialTarget::Outside { number, .. } => number.as_str(),
    }
}
