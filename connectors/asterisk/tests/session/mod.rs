//! One connection, without a socket and without waiting: the test is Asterisk, and the clock.

mod dialling;
mod garbled;
mod liveness;
mod members;
mod presentation;
mod resync;
mod sign_in;
mod unseen;

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use linecard_asterisk::AsteriskSettings;
use linecard_asterisk::session::{Before, Credentials, Session};
use linecard_call::{Call, Change, Settings, Tracker};
use linecard_pbx::{LinkState, PbxSettings, Problem, ProblemKind, Report};

use crate::stand_in::{Asked, StandIn, actions};

/// A session, its Asterisk, and the time.
struct Line {
    session: Session,
    stand_in: StandIn,
    now: Instant,
    at: Timestamp,
    sent: Vec<u8>,
    /// Every action that came.
    asked: Vec<Asked>,
    reports: Vec<Report>,
    tracker: Tracker,
}

pub(crate) fn settings(changes: &[(&str, &str)]) -> PbxSettings {
    let usual = [
        ("host", "127.0.0.1"),
        ("username", "linecard"),
        ("secret", "s3cret"),
        ("own", r"PJSIP/1\d\d"),
        ("trunk", "PJSIP/trunk"),
    ];
    PbxSettings(
        usual
            .iter()
            .chain(changes)
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect::<BTreeMap<_, _>>(),
    )
}

pub(crate) fn session(changes: &[(&str, &str)], before: Option<Before>, now: Instant) -> Session {
    // To read a pattern takes longer than to follow a call.
    static USUAL: LazyLock<AsteriskSettings> =
        LazyLock::new(|| AsteriskSettings::read(&settings(&[])).unwrap());
    let read = if changes.is_empty() {
        USUAL.clone()
    } else {
        AsteriskSettings::read(&settings(changes)).unwrap()
    };
    Session::new(Credentials::from(&read), read.translator(), before, now)
}

impl Line {
    /// Connects to `stand_in` and lets both talk until neither has anything to say.
    fn to(stand_in: StandIn) -> Self {
        Self::with(stand_in, &[])
    }

    fn with(stand_in: StandIn, changes: &[(&str, &str)]) -> Self {
        let now = Instant::now();
        let mut line = Self {
            session: session(changes, None, now),
            stand_in,
            now,
            at: "2026-11-21T02:20:00Z".parse().unwrap(),
            sent: Vec::new(),
            asked: Vec::new(),
            reports: Vec::new(),
            tracker: Tracker::new(Settings::default()),
        };
        line.greet();
        line
    }

    fn greet(&mut self) {
        let banner = format!("{}\r\n", self.stand_in.banner);
        self.says(banner.as_bytes());
    }

    /// The link is cut, and made again to `stand_in` after `gap`.
    fn cut_and_back(&mut self, stand_in: StandIn, gap: Duration) {
        self.session.disconnected("connection reset");
        let before = self.session.remembered();
        self.time_goes(gap);
        self.session = session(&[], before, self.now);
        self.stand_in = stand_in;
        self.sent.clear();
        self.greet();
    }

    /// Asterisk writes bytes; what the session asks in return is answered.
    fn says(&mut self, bytes: &[u8]) {
        self.session.receive(self.now, self.at, bytes);
        self.settle();
    }

    fn settle(&mut self) {
        loop {
            for report in self.session.take_reports() {
                if let Report::Event { at, event } = &report {
                    self.tracker.handle(*at, event.clone());
                }
                self.reports.push(report);
            }
            self.sent.append(&mut self.session.take_outgoing());
            let asked = actions(&mut self.sent);
            if asked.is_empty() {
                return;
            }
            for action in asked {
                let answer = self.stand_in.answer(&action);
                self.asked.push(action);
                self.session.receive(self.now, self.at, answer.as_bytes());
            }
        }
    }

    /// Time goes by, and Asterisk says nothing but what it is asked.
    fn time_goes(&mut self, by: Duration) {
        let end = self.now + by;
        while let Some(deadline) = self.session.deadline().filter(|deadline| *deadline <= end) {
            self.clock_to(deadline);
            self.session.tick(self.now, self.at);
            self.settle();
        }
        self.clock_to(end);
    }

    /// Time goes by on a line that nothing comes over, though both ends believe it stands.
    fn time_goes_half_open(&mut self, by: Duration) {
        let end = self.now + by;
        while let Some(deadline) = self.session.deadline().filter(|deadline| *deadline <= end) {
            self.clock_to(deadline);
            self.session.tick(self.now, self.at);
            self.asked
                .append(&mut actions(&mut self.session.take_outgoing()));
        }
        self.clock_to(end);
    }

    fn clock_to(&mut self, now: Instant) {
        self.at += jiff::SignedDuration::try_from(now - self.now).unwrap();
        self.now = now;
    }

    fn is_up(&self) -> bool {
        self.reports
            .iter()
            .any(|report| matches!(report, Report::Link(LinkState::Up { .. })))
    }

    fn notices(&self) -> Vec<&Problem> {
        let notices = self.reports.iter().filter_map(|report| match report {
            Report::Notice(problem) => Some(problem),
            _ => None,
        });
        notices.collect()
    }

    /// What kind of problem ended the session, and whether a person must mend it.
    fn ending(&self) -> Option<(ProblemKind, bool)> {
        let ending = self.session.ending()?;
        Some((ending.problem.kind, ending.needs_person))
    }

    fn asked_for(&self, action: &str) -> Vec<&Asked> {
        let named = self.asked.iter().filter(|asked| asked.name() == action);
        named.collect()
    }

    /// The calls that live, the oldest first.
    fn calls(&self) -> Vec<&Call> {
        let mut calls: Vec<&Call> = self.tracker.calls().collect();
        calls.sort_by_key(|call| call.started);
        calls
    }

    /// The calls that are over, some seconds later.
    fn ended(&mut self) -> Vec<Call> {
        self.tracker
            .tick(self.at + jiff::SignedDuration::from_secs(10));
        std::iter::from_fn(|| self.tracker.poll())
            .filter_map(|change| match change {
                Change::Ended(call) => Some(*call),
                _ => None,
            })
            .collect()
    }
}
