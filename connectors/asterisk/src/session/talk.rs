//! The order of the talk with Asterisk: sign in, boot, gather, live.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use linecard_call::ChannelId;
use linecard_pbx::{LinkState, ProblemKind, Report};

use super::callers::{Callers, presentation};
use super::dials::{Dialled, Dials, Order};
use super::ending::Ending;
use super::held::Held;
use super::login::Credentials;
use super::pending::{Answer, Pending, Settled};
use super::survey::{Question, Survey};
use super::{AskError, Before, Ticket};
use crate::ami::{Action, Fault, Kind, Message};
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
    Survey(Question),
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
    survey: Survey,
    before: Option<Before>,
    heard_at: Option<Timestamp>,
    held: Held,
    outgoing: Vec<u8>,
    reports: Vec<Report>,
    answers: VecDeque<Settled>,
    dials: Dials,
    callers: Callers,
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
            survey: Survey::default(),
            before,
            heard_at: None,
            held: Held::default(),
            outgoing: Vec::new(),
            reports: Vec::new(),
            answers: VecDeque::new(),
            dials: Dials::default(),
            callers: Callers::default(),
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
        self.dials.event(now, name, message);
        // Until the link is up it is no news: then everybody's duty is told.
        if name == "QueueMemberAdded" && self.stage == Stage::Live {
            let joined = self.translator.member(&message);
            self.reports.extend(joined.map(Report::JoinedQueue));
        }
        if !Translator::wants(name) {
            return None;
        }
        if self.stage == Stage::Live {
            self.translate(now, at, name, message);
        } else if !self.held.keep(at, message) {
            self.end(Ending::passing(
                ProblemKind::Lost,
                "more events than a resync can hold",
            ));
        }
        (!message.is_sound()).then_some(Fault::NoHeader)
    }

    fn translate(&mut self, now: Instant, at: Timestamp, name: &str, message: Message<'_>) {
        let reports = &mut self.reports;
        self.translator
            .translate(at, name, &message, &mut |at, event| {
                reports.push(Report::Event { at, event });
            });
        self.tell_notices();
        self.ask_for_callers(now);
    }

    /// Asks for the presentation of whoever calls in on a line where it counts.
    fn ask_for_callers(&mut self, now: Instant) {
        for caller in self.translator.take_callers() {
            let question = Callers::question(&caller);
            let ticket = self.pending.send(&question, now, &mut self.outgoing);
            self.callers.asked(ticket, caller, now);
        }
    }

    fn present(&mut self, at: Timestamp, caller: &ChannelId, answer: Option<&str>) {
        let reports = &mut self.reports;
        let say = &mut |at, event| reports.push(Report::Event { at, event });
        self.translator.caller_presented(at, caller, answer, say);
    }

    fn tell_notices(&mut self) {
        while let Some(problem) = self.translator.take_notice() {
            tracing::warn!(kind = ?problem.kind, words = problem.words, "calls are not seen");
            self.reports.push(Report::Notice(problem));
        }
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
        for question in Question::ALL {
            let action = question.action(self.translator.asks());
            self.step(Step::Survey(question), &action, now);
        }
    }

    fn settled(&mut self, now: Instant, at: Timestamp, (ticket, result): Settled) {
        if let Some(caller) = self.callers.answered(ticket) {
            self.present(at, &caller, presentation(&result).as_deref());
            return;
        }
        let Some(step) = self.steps.remove(&ticket) else {
            if let Some(result) = self.dials.answered(ticket, result) {
                self.answers.push_back((ticket, result));
            }
            return;
        };
        match step {
            Step::Challenge => self.challenged(now, result),
            Step::Login => self.logged_in(now, result),
            Step::Ping => {}
            Step::Survey(question) => match self.survey.answered(question, result) {
                Err(ending) => self.end(ending),
                Ok(()) if self.steps.is_empty() => self.go_live(now, at),
                Ok(()) => {}
            },
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

    fn go_live(&mut self, now: Instant, at: Timestamp) {
        self.stage = Stage::Live;
        self.report(Report::Link(LinkState::Up {
            version: self.version(),
        }));
        let told = self
            .survey
            .told(&mut self.translator, self.before.as_ref(), at);
        self.reports.extend(told);
        self.tell_notices();
        self.ask_for_callers(now);
        for (at, block) in self.held.take() {
            if let Kind::Event(name) = block.kind() {
                self.translate(now, at, name, block.message());
            }
        }
    }

    pub(super) fn tick(&mut self, now: Instant, at: Timestamp) {
        match self.stage {
            // It may be an Asterisk that hangs, so this is tried again soon.
            Stage::Banner { until } if until <= now => self.end(Ending::passing(
                ProblemKind::NotAPhoneSystem,
                "it does not greet like Asterisk",
            )),
            Stage::Booting { until } if until <= now => self.gather(now),
            Stage::Live => self.watch_silence(now),
            _ => {}
        }
        // After that the number is shown as it came.
        while let Some(caller) = self.callers.late(now) {
            self.present(at, &caller, None);
        }
        for settled in self.pending.expired(now) {
            self.settled(now, at, settled);
        }
        self.dials.tick(now);
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
        stage
            .into_iter()
            .chain(self.pending.deadline())
            .chain(self.dials.deadline())
            .chain(self.callers.deadline())
            .min()
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

    pub(super) fn dial(&mut self, order: &Order, now: Instant) -> Result<Ticket, AskError> {
        if self.stage != Stage::Live || self.ending.is_some() {
            return Err(AskError::NotConnected);
        }
        let call = Some(order.channel.as_str());
        let out = &mut self.outgoing;
        let ticket = self.pending.send_about(call, &order.action, now, out);
        self.dials.expect(ticket, order, now);
        Ok(ticket)
    }

    pub(super) fn poll_dialled(&mut self) -> Option<(Ticket, Dialled)> {
        self.dials.poll()
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

    pub(super) fn was_booted(&self) -> bool {
        self.booted
    }

    pub(super) fn version(&self) -> String {
        match self.survey.version() {
            Some(version) => format!("Asterisk {version}"),
            None => format!("Asterisk (AMI {})", self.ami_version),
        }
    }

    pub(super) fn missing_rights(&self) -> &[&'static str] {
        self.survey.missing_rights()
    }

    /// What the session after this one should know; what this one did not learn is passed on.
    pub(super) fn remembered(&self) -> Option<Before> {
        let earlier = self.before.as_ref();
        let heard_live = self.heard_at.filter(|_| self.stage == Stage::Live);
        let heard_until = heard_live.or(earlier.map(|before| before.heard_until))?;
        let known_key = earlier.and_then(|before| before.restart_key.clone());
        Some(Before {
            restart_key: self.survey.restart_key().cloned().or(known_key),
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
