//! The order of the talk with Asterisk: sign in, boot, gather, live.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use linecard_call::Event;
use linecard_pbx::{LinkState, Problem, ProblemKind, Report};

use super::ending::Ending;
use super::held::Held;
use super::login::Credentials;
use super::pending::{Answer, Pending, Settled};
use super::picture::Picture;
use super::{AskError, Before, RestartKey, Ticket};
use crate::ami::{Action, Block, Fault, Kind, Message};
use crate::settings::SignIn;
use crate::translate::Translator;

const BANNER: &[u8] = b"Asterisk Call Manager/";
/// Asterisk greets at once; what stays silent is something else.
const BANNER_PATIENCE: Duration = Duration::from_secs(5);
/// Without the right to read `system` events `FullyBooted` never comes.
const BOOT_PATIENCE: Duration = Duration::from_secs(2);
/// A quiet phone system is asked for a sign of life after this long.
const PING_AFTER: Duration = Duration::from_secs(4);
/// A half-open connection looks like silence; this much of it ends the session.
const LOST_AFTER: Duration = Duration::from_secs(10);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Banner { until: Instant },
    SigningIn,
    Booting { until: Instant },
    Gathering,
    Live,
}

/// Why the session itself sent an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Challenge,
    Login,
    Settings,
    Status,
    Channels,
    Queues,
    Ping,
}

pub(super) struct Talk {
    credentials: Credentials,
    translator: Translator,
    stage: Stage,
    booted: bool,
    stopping: bool,
    heard: Instant,
    pinged: bool,
    pending: Pending,
    steps: BTreeMap<Ticket, Step>,
    ami_version: String,
    asterisk_version: Option<String>,
    before: Option<Before>,
    heard_at: Option<Timestamp>,
    restart_key: Option<RestartKey>,
    missing_rights: Vec<&'static str>,
    channels: Vec<Block>,
    queues: Vec<Block>,
    held: Held,
    outgoing: Vec<u8>,
    reports: Vec<Report>,
    answers: VecDeque<Settled>,
    ending: Option<Ending>,
}

impl Talk {
    pub(super) fn new(
        credentials: Credentials,
        translator: Translator,
        before: Option<Before>,
        now: Instant,
    ) -> Self {
        Self {
            credentials,
            translator,
            stage: Stage::Banner {
                until: now + BANNER_PATIENCE,
            },
            booted: false,
            stopping: false,
            heard: now,
            pinged: false,
            pending: Pending::default(),
            steps: BTreeMap::new(),
            ami_version: String::new(),
            asterisk_version: None,
            before,
            heard_at: None,
            restart_key: None,
            missing_rights: Vec::new(),
            channels: Vec::new(),
            queues: Vec::new(),
            held: Held::default(),
            outgoing: Vec::new(),
            reports: Vec::new(),
            answers: VecDeque::new(),
            ending: None,
        }
    }

    pub(super) fn heard(&mut self, now: Instant, at: Timestamp) {
        self.heard = now;
        self.heard_at = Some(at);
        self.pinged = false;
    }

    pub(super) fn banner(&mut self, now: Instant, line: &[u8]) {
        let Some(version) = line.strip_prefix(BANNER) else {
            let words: String = String::from_utf8_lossy(line).chars().take(80).collect();
            self.end(Ending::lasting(
                ProblemKind::NotAPhoneSystem,
                words.escape_debug().to_string(),
            ));
            return;
        };
        self.ami_version = String::from_utf8_lossy(version).chars().take(20).collect();
        tracing::debug!(ami = self.ami_version, "Asterisk greets");
        self.stage = Stage::SigningIn;
        if self.credentials.sign_in == SignIn::Plain {
            self.step(Step::Login, &self.credentials.plain(), now);
        } else {
            self.step(Step::Challenge, &Credentials::challenge(), now);
        }
    }

    /// Something that is no message came.
    pub(super) fn left_out(&mut self, fault: Fault) {
        if matches!(self.stage, Stage::Banner { .. }) {
            self.end(Ending::lasting(
                ProblemKind::NotAPhoneSystem,
                fault.to_string(),
            ));
        }
    }

    pub(super) fn message(
        &mut self,
        now: Instant,
        at: Timestamp,
        message: Message<'_>,
    ) -> Option<Fault> {
        match message.kind() {
            Kind::Event(name) => self.event(now, at, name, message),
            Kind::Response(_) => {
                if let Some(settled) = self.pending.response(message) {
                    self.settled(now, at, settled);
                }
                None
            }
            Kind::Unknown => Some(Fault::NoKind),
        }
    }

    fn event(
        &mut self,
        now: Instant,
        at: Timestamp,
        name: &str,
        message: Message<'_>,
    ) -> Option<Fault> {
        match name {
            "FullyBooted" => self.fully_booted(now),
            "Shutdown" => self.stopping = true,
            _ => {}
        }
        let message = match self.pending.entry(message) {
            Err(message) => message,
            Ok(settled) => {
                if let Some(settled) = settled {
                    self.settled(now, at, settled);
                }
                return None;
            }
        };
        if !Translator::wants(name) {
            return None;
        }
        if self.stage == Stage::Live {
            self.translate(at, name, message);
        } else if !self.held.keep(at, message) {
            self.end(Ending::passing(
                ProblemKind::Lost,
                "more events than a resync can hold",
            ));
        }
        (!message.is_sound()).then_some(Fault::NoHeader)
    }

    fn translate(&mut self, at: Timestamp, name: &str, message: Message<'_>) {
        let reports = &mut self.reports;
        self.translator
            .translate(at, name, &message, &mut |at, event| {
                reports.push(Report::Event { at, event });
            });
    }

    fn fully_booted(&mut self, now: Instant) {
        self.booted = true;
        if matches!(self.stage, Stage::Booting { .. }) {
            self.gather(now);
        }
    }

    /// Asks for all that the resync needs, in one go: one round trip.
    fn gather(&mut self, now: Instant) {
        self.stage = Stage::Gathering;
        for (step, action) in [
            (Step::Settings, "CoreSettings"),
            (Step::Status, "CoreStatus"),
            // Not CoreShowChannels: Status needs only the class that hanging up needs too, and
            // tells seconds, bridge and dialled number of the same instant.
            (Step::Channels, "Status"),
            (Step::Queues, "QueueStatus"),
        ] {
            self.step(step, &Action::new(action), now);
        }
    }

    fn settled(&mut self, now: Instant, at: Timestamp, (ticket, result): Settled) {
        let Some(step) = self.steps.remove(&ticket) else {
            self.answers.push_back((ticket, result));
            return;
        };
        match step {
            Step::Challenge => self.challenged(now, result),
            Step::Login => self.logged_in(now, result),
            Step::Ping => {}
            gathered => {
                self.gathered(gathered, result);
                if self.stage == Stage::Gathering && self.ending.is_none() && self.steps.is_empty()
                {
                    self.go_live(at);
                }
            }
        }
    }

    fn challenged(&mut self, now: Instant, result: Result<Answer, AskError>) {
        let words = match result {
            Ok(answer) => {
                if let Some(challenge) = answer.response.get("Challenge") {
                    let login = self.credentials.answer(&challenge);
                    self.step(Step::Login, &login, now);
                    return;
                }
                "no challenge came".to_owned()
            }
            Err(error) => error.to_string(),
        };
        if self.credentials.sign_in == SignIn::Md5 {
            self.end(Ending::of_login(&words));
        } else {
            self.step(Step::Login, &self.credentials.plain(), now);
        }
    }

    fn logged_in(&mut self, now: Instant, result: Result<Answer, AskError>) {
        match result {
            Ok(_) if self.booted => self.gather(now),
            Ok(_) => {
                self.stage = Stage::Booting {
                    until: now + BOOT_PATIENCE,
                };
            }
            Err(error) => self.end(Ending::of_login(&error.to_string())),
        }
    }

    fn gathered(&mut self, step: Step, result: Result<Answer, AskError>) {
        match (step, result) {
            (_, Err(AskError::TimedOut)) => self.end(Ending::passing(
                ProblemKind::Lost,
                "Asterisk does not answer what is alive",
            )),
            (Step::Settings, Ok(answer)) => {
                self.asterisk_version = answer
                    .response
                    .get("AsteriskVersion")
                    .map(|version| release(&version).to_owned());
            }
            (Step::Status, Ok(answer)) => {
                let date = answer.response.get("CoreStartupDate");
                let time = answer.response.get("CoreStartupTime");
                self.restart_key = date
                    .zip(time)
                    .map(|(date, time)| RestartKey(format!("{date} {time}")));
            }
            (Step::Settings | Step::Status, Err(AskError::Denied)) => {
                if self.missing_rights.is_empty() {
                    self.missing_rights.push("write = reporting");
                }
            }
            (Step::Channels, Ok(answer)) => self.channels = answer.list,
            (Step::Channels, Err(AskError::Denied)) => {
                self.end(Ending::lasting(ProblemKind::MissingRight, "write = call"));
            }
            (Step::Channels, Err(error)) => {
                self.end(Ending::passing(ProblemKind::Lost, error.to_string()));
            }
            (Step::Queues, Ok(answer)) => self.queues = answer.list,
            // A server without queues does not know QueueStatus; one without the reporting
            // actions still has calls to follow.
            (_, Err(error)) => tracing::debug!(?step, %error, "left out of the resync"),
            (Step::Challenge | Step::Login | Step::Ping, Ok(_)) => {}
        }
    }

    fn go_live(&mut self, at: Timestamp) {
        self.stage = Stage::Live;
        self.report(Report::Link(LinkState::Up {
            version: self.version(),
        }));
        for right in self.missing_rights.clone() {
            self.report(Report::Notice(Problem {
                kind: ProblemKind::MissingRight,
                words: right.to_owned(),
            }));
        }
        let known = self.before.as_ref();
        let known_key = known.and_then(|before| before.restart_key.as_ref());
        let restarted = known_key
            .zip(self.restart_key.as_ref())
            .is_some_and(|(known, now)| known != now);
        let since = known.map(|before| before.heard_until);
        if restarted {
            self.report(Report::Event {
                at,
                event: Event::Restarted,
            });
        }
        let channels = std::mem::take(&mut self.channels);
        let queues = std::mem::take(&mut self.queues);
        let picture = Picture::new(&mut self.translator, &channels, &queues, since, at);
        self.reports.extend(picture.told());
        for (at, block) in self.held.take() {
            if let Kind::Event(name) = block.kind() {
                self.translate(at, name, block.message());
            }
        }
    }

    pub(super) fn tick(&mut self, now: Instant, at: Timestamp) {
        match self.stage {
            Stage::Banner { until } if until <= now => self.end(Ending::lasting(
                ProblemKind::NotAPhoneSystem,
                "it does not greet like Asterisk",
            )),
            Stage::Booting { until } if until <= now => self.gather(now),
            Stage::Live => self.watch_silence(now),
            _ => {}
        }
        for settled in self.pending.expired(now) {
            self.settled(now, at, settled);
        }
    }

    fn watch_silence(&mut self, now: Instant) {
        let silence = now.saturating_duration_since(self.heard);
        if silence >= LOST_AFTER {
            self.end(Ending::passing(
                ProblemKind::Lost,
                format!("nothing was heard for {} s", LOST_AFTER.as_secs()),
            ));
        } else if silence >= PING_AFTER && !self.pinged {
            self.pinged = true;
            self.step(Step::Ping, &Action::new("Ping"), now);
        }
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        if self.ending.is_some() {
            return None;
        }
        let stage = match self.stage {
            Stage::Banner { until } | Stage::Booting { until } => Some(until),
            Stage::Live if self.pinged => Some(self.heard + LOST_AFTER),
            Stage::Live => Some(self.heard + PING_AFTER),
            Stage::SigningIn | Stage::Gathering => None,
        };
        stage.into_iter().chain(self.pending.deadline()).min()
    }

    pub(super) fn disconnected(&mut self, words: &str) {
        let kind = if self.stopping {
            ProblemKind::Restarting
        } else {
            ProblemKind::Lost
        };
        self.end(Ending::passing(kind, words));
    }

    pub(super) fn ask(&mut self, action: &Action, now: Instant) -> Result<Ticket, AskError> {
        if self.stage != Stage::Live || self.ending.is_some() {
            return Err(AskError::NotConnected);
        }
        Ok(self.pending.send(action, now, &mut self.outgoing))
    }

    pub(super) fn poll_answer(&mut self) -> Option<Settled> {
        self.answers.pop_front()
    }

    pub(super) fn take_outgoing(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.outgoing)
    }

    pub(super) fn take_reports(&mut self) -> Vec<Report> {
        std::mem::take(&mut self.reports)
    }

    pub(super) fn report(&mut self, report: Report) {
        self.reports.push(report);
    }

    pub(super) fn ending(&self) -> Option<&Ending> {
        self.ending.as_ref()
    }

    pub(super) fn was_live(&self) -> bool {
        self.stage == Stage::Live
    }

    pub(super) fn version(&self) -> String {
        match &self.asterisk_version {
            Some(version) => format!("Asterisk {version}"),
            None => format!("Asterisk (AMI {})", self.ami_version),
        }
    }

    pub(super) fn missing_rights(&self) -> &[&'static str] {
        &self.missing_rights
    }

    /// What the session after this one should know; what this one did not learn is passed on.
    pub(super) fn remembered(&self) -> Option<Before> {
        let earlier = self.before.as_ref();
        let heard_live = self.heard_at.filter(|_| self.stage == Stage::Live);
        let heard_until = heard_live.or(earlier.map(|before| before.heard_until))?;
        let known_key = earlier.and_then(|before| before.restart_key.clone());
        Some(Before {
            restart_key: self.restart_key.clone().or(known_key),
            heard_until,
        })
    }

    fn step(&mut self, step: Step, action: &Action, now: Instant) {
        let ticket = self.pending.send(action, now, &mut self.outgoing);
        self.steps.insert(ticket, step);
    }

    /// The first reason counts: what follows is only its consequence.
    fn end(&mut self, ending: Ending) {
        self.ending.get_or_insert(ending);
    }
}

/// The release out of a version with a packager's additions: `22.10.1+dfsg+~cs6.17-1`.
fn release(version: &str) -> &str {
    version.split(['+', '~', ' ']).next().unwrap_or(version)
}
