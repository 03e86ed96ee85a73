//! The connection is cut at every event, and made again: what goes on is told on, what ended
//! meanwhile is over.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use linecard_asterisk::session::Session;
use linecard_asterisk::translate::Translator;
use linecard_call::{Call, Load, Settings, Tracker};
use linecard_pbx::Report;
use serde_json::Value;

use super::truth::Truth;
use super::{Event, Recorded, ended, gist, recordings, records, text, time};
use crate::session::session;
use crate::stand_in::{StandIn, actions};

/// One phone system, the link to it, and the tracker behind the link.
struct Line {
    session: Session,
    stand_in: StandIn,
    now: Instant,
    at: Timestamp,
    tracker: Tracker,
    calls: Vec<Call>,
}

impl Line {
    fn new(at: Timestamp) -> Self {
        let now = Instant::now();
        let mut line = Self {
            session: session(&[], None, now),
            stand_in: StandIn::default(),
            now,
            at,
            tracker: Tracker::new(Settings::default()),
            calls: Vec::new(),
        };
        line.greet();
        line
    }

    /// Cuts the link and makes it again to `stand_in`, without time going by.
    fn cut_and_back(&mut self, stand_in: StandIn) {
        self.session.disconnected("connection reset");
        let before = self.session.remembered();
        self.session = session(&[], before, self.now);
        self.stand_in = stand_in;
        self.greet();
    }

    fn greet(&mut self) {
        self.says(b"Asterisk Call Manager/11.0.0\r\n");
        assert!(self.session.was_live(), "{:?}", self.session.ending());
    }

    /// The phone system says these things, each at its time.
    fn play(&mut self, said: &[Said]) {
        for said in said {
            self.clock_to(said.at);
            self.says(said.block.as_bytes());
        }
    }

    fn clock_to(&mut self, at: Timestamp) {
        let by = at.duration_since(self.at).max(SignedDuration::ZERO);
        let end = self.now + Duration::try_from(by).unwrap();
        while let Some(next) = self.session.deadline().filter(|next| *next < end) {
            self.at += SignedDuration::try_from(next - self.now).unwrap();
            self.now = next;
            self.session.tick(self.now, self.at);
            self.settle();
        }
        self.at = self.at.max(at);
        self.now = end;
        self.tracker.tick(self.at);
        self.calls.extend(ended(&mut self.tracker));
    }

    fn says(&mut self, bytes: &[u8]) {
        self.session.receive(self.now, self.at, bytes);
        self.settle();
    }

    fn settle(&mut self) {
        loop {
            for report in self.session.take_reports() {
                if let Report::Event { at, event } = report {
                    self.tracker.handle(at, event);
                }
            }
            self.calls.extend(ended(&mut self.tracker));
            let asked = actions(&mut self.session.take_outgoing());
            if asked.is_empty() {
                return;
            }
            for action in asked {
                let answer = self.stand_in.answer(&action);
                self.session.receive(self.now, self.at, answer.as_bytes());
            }
        }
    }

    /// The calls, when the grace of the last is over.
    fn finish(mut self) -> Vec<Call> {
        assert_eq!(self.session.ending(), None);
        self.clock_to(self.at + SignedDuration::from_secs(1));
        assert_eq!(self.tracker.load(), Load::default(), "a call is left open");
        self.calls
    }
}

/// The event as AMI writes it.
fn block(event: &Event) -> String {
    let mut block = format!("Event: {}\r\n", text(event, "Event"));
    for (key, value) in event.iter().filter(|(key, _)| *key != "Event") {
        let values = match value {
            Value::Array(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        for value in values.iter().filter_map(Value::as_str) {
            block.extend([key, ": ", value, "\r\n"]);
        }
    }
    block.push_str("\r\n");
    block
}

/// An event as AMI writes it, and what is alive just before it.
struct Said {
    at: Timestamp,
    block: String,
    truth: Truth,
    /// When the last thing before it happened, whatever that was.
    before: Timestamp,
}

/// A recording, told undisturbed.
struct Story<'a> {
    place: &'a str,
    said: Vec<Said>,
    told: Vec<Call>,
    /// As many records as each agent may have at most: how many calls its channels were of.
    most: BTreeMap<String, usize>,
}

impl<'a> Story<'a> {
    fn of(recorded: &'a Recorded) -> Self {
        let start = time(&recorded.events[0]);
        let (mut truth, mut before) = (Truth::default(), start);
        let mut said = Vec::new();
        let mut calls: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for event in &recorded.events {
            if Translator::wants(text(event, "Event")) {
                said.push(Said {
                    at: time(event),
                    block: block(event),
                    truth: truth.clone(),
                    before,
                });
            }
            if text(event, "Event") == "Newchannel"
                && let Some(agent) = agent(text(event, "Channel"))
            {
                let calls = calls.entry(agent.to_owned()).or_default();
                calls.insert(text(event, "Linkedid"));
            }
            truth.take(event);
            before = before.max(time(event));
        }
        let mut line = Line::new(start);
        line.play(&said);
        let told = line.finish();
        Self {
            place: &recorded.place,
            said,
            told,
            most: calls
                .into_iter()
                .map(|(agent, calls)| (agent, calls.len()))
                .collect(),
        }
    }

    /// A line that has heard the first so many events.
    fn begin(&self, heard: usize) -> Line {
        let mut line = Line::new(self.said[0].before);
        line.play(&self.said[..heard]);
        line
    }

    /// The link of `line` is cut, and made again just before the event of that number.
    fn cut_and_back(&self, line: &mut Line, back: usize, meanwhile: &[Said]) {
        let last = self.said.last().map(|said| (said.at, Truth::default()));
        let next = self
            .said
            .get(back)
            .map(|next| (next.before, next.truth.clone()));
        let (now, truth) = next.or(last).unwrap();
        line.clock_to(now);
        line.cut_and_back(StandIn {
            channels: truth.status(now),
            members: truth.queues(now),
            meanwhile: meanwhile.iter().map(|said| said.block.as_str()).collect(),
            ..StandIn::default()
        });
    }
}

/// The agent of `PJSIP/101-0000002a`.
fn agent(channel: &str) -> Option<&str> {
    let (agent, _) = channel.strip_prefix("PJSIP/")?.split_once('-')?;
    agent.starts_with('1').then_some(agent)
}

#[test]
fn a_cut_in_which_nothing_happens_changes_no_outcome() {
    for recorded in recordings() {
        let story = Story::of(&recorded);
        for heard in 0..=story.said.len() {
            let mut line = story.begin(heard);
            story.cut_and_back(&mut line, heard, &[]);
            line.play(&story.said[heard..]);
            let place = format!("{}, cut at {heard}", story.place);
            assert_eq!(gist(&line.finish()), gist(&story.told), "{place}");
        }
    }
}

#[test]
fn what_is_said_while_the_list_is_read_may_be_in_the_list_already() {
    for recorded in recordings() {
        let story = Story::of(&recorded);
        for heard in 0..story.said.len() {
            let back = (heard + 3).min(story.said.len());
            let mut line = story.begin(heard);
            story.cut_and_back(&mut line, back, &story.said[heard..back]);
            line.play(&story.said[back..]);
            let place = format!("{}, cut at {heard}", story.place);
            at_most(&line.finish(), &story.most, &place);
        }
    }
}

/// How much may have been missed besides all the rest; each cut tries another of these.
const GAPS: [usize; 4] = [1, 2, 5, 12];

#[test]
fn whatever_is_missed_in_a_cut_no_call_stays_open_and_no_agent_has_two_records() {
    for recorded in recordings() {
        let story = Story::of(&recorded);
        let all = story.said.len();
        for (heard, gap) in (0..all).zip(GAPS.into_iter().cycle()) {
            for back in [(heard + gap).min(all), all] {
                let mut line = story.begin(heard);
                story.cut_and_back(&mut line, back, &[]);
                line.play(&story.said[back..]);
                let place = format!("{}, without {heard} to {back}", story.place);
                at_most(&line.finish(), &story.most, &place);
            }
        }
    }
}

#[test]
fn a_restart_in_the_gap_ends_every_call() {
    for recorded in recordings() {
        let story = Story::of(&recorded);
        // One line, restarted now and again, and never told what went on.
        let mut line = Line::new(story.said[0].before);
        for (heard, said) in story.said.iter().enumerate() {
            line.play(std::slice::from_ref(said));
            let (alive, before) = (line.tracker.calls().count(), line.calls.len());
            line.cut_and_back(StandIn {
                started: if heard % 2 == 0 {
                    "09:00:00"
                } else {
                    "10:00:00"
                },
                ..StandIn::default()
            });
            let place = format!("{}, restarted after {heard}", story.place);
            assert!(line.calls.len() >= before + alive, "{place}");
            assert_eq!(line.tracker.load(), Load::default(), "{place}");
        }
    }
}

/// No agent has more records than that.
fn at_most(calls: &[Call], most: &BTreeMap<String, usize>, place: &str) {
    for (agent, count) in records(calls) {
        let most = most.get(&agent).copied().unwrap_or_default();
        assert!(
            count <= most,
            "{count} records for {agent}: {place}: {:#?}",
            gist(calls)
        );
    }
}
