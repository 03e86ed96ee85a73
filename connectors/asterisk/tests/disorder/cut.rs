//! The connection is cut at every event, and made again: what goes on is told on, what ended
//! meanwhile is over.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use linecard_asterisk::session::Session;
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

    /// The phone system says the events, each at its time.
    fn play(&mut self, events: &[&Event]) {
        for event in events {
            self.clock_to(time(event));
            self.says(block(event).as_bytes());
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

/// A recording, told undisturbed.
struct Story<'a> {
    place: &'a str,
    /// The events that tell something, and after which event of the whole each came.
    events: Vec<&'a Event>,
    places: Vec<usize>,
    whole: &'a [Event],
    told: Vec<Call>,
}

impl<'a> Story<'a> {
    fn of(recorded: &'a Recorded) -> Self {
        let events = recorded.telling();
        let places = events
            .iter()
            .map(|event| {
                recorded
                    .events
                    .iter()
                    .position(|other| other == *event)
                    .unwrap()
            })
            .collect();
        let mut line = Line::new(time(&recorded.events[0]));
        line.play(&events);
        Self {
            place: &recorded.place,
            events,
            places,
            whole: &recorded.events,
            told: line.finish(),
        }
    }

    /// A phone system that has said the first `said` events that tell something, at that moment.
    fn after(&self, said: usize) -> (StandIn, Timestamp) {
        let whole = self
            .places
            .get(said)
            .map_or(self.whole.len(), |place| *place);
        let (before, _) = self.whole.split_at(whole);
        let now = before.iter().map(time).max().unwrap();
        let truth = Truth::after(before);
        let stand_in = StandIn {
            channels: truth.status(now),
            members: truth.queues(now),
            ..StandIn::default()
        };
        (stand_in, now)
    }

    fn begin(&self, said: usize) -> Line {
        let mut line = Line::new(time(&self.whole[0]));
        line.play(&self.events[..said]);
        line
    }
}

#[test]
fn a_cut_in_which_nothing_happens_changes_no_outcome() {
    for recorded in recordings() {
        let story = Story::of(&recorded);
        for said in 0..=story.events.len() {
            let mut line = story.begin(said);
            let (stand_in, now) = story.after(said);
            line.clock_to(now);
            line.cut_and_back(stand_in);
            line.play(&story.events[said..]);
            let place = format!("{}, cut at {said}", story.place);
            assert_eq!(gist(&line.finish()), gist(&story.told), "{place}");
        }
    }
}

#[test]
fn what_is_said_while_the_list_is_read_may_be_in_the_list_already() {
    for recorded in recordings() {
        let story = Story::of(&recorded);
        for said in 0..story.events.len() {
            let back = (said + 3).min(story.events.len());
            let mut line = story.begin(said);
            let (mut stand_in, now) = story.after(back);
            let meanwhile = story.events[said..back].iter();
            stand_in.meanwhile = meanwhile.map(|event| block(event)).collect();
            line.clock_to(now);
            line.cut_and_back(stand_in);
            line.play(&story.events[back..]);
            let place = format!("{}, cut at {said}", story.place);
            at_most(&records(&line.finish()), &records(&story.told), &place);
        }
    }
}

/// What may have been missed: a little, more, all the rest.
const GAPS: [usize; 4] = [1, 3, 10, usize::MAX];

#[test]
fn whatever_is_missed_in_a_cut_no_call_stays_open_and_no_agent_has_two_records() {
    for recorded in recordings() {
        let story = Story::of(&recorded);
        for said in 0..story.events.len() {
            for missed in GAPS {
                let back = said.saturating_add(missed).min(story.events.len());
                let mut line = story.begin(said);
                let (stand_in, now) = story.after(back);
                line.clock_to(now);
                // A consultation is a call of its own until it is told what it was for.
                let alive: Vec<Call> = line.tracker.calls().cloned().collect();
                line.cut_and_back(stand_in);
                line.play(&story.events[back..]);
                let mut most = records(&story.told);
                for (agent, count) in records(&alive) {
                    let told = most.entry(agent).or_default();
                    *told = count.max(*told);
                }
                let place = format!("{}, without {said} to {back}", story.place);
                at_most(&records(&line.finish()), &most, &place);
                if back == story.events.len() {
                    break;
                }
            }
        }
    }
}

#[test]
fn a_restart_in_the_gap_ends_every_call() {
    for recorded in recordings() {
        let story = Story::of(&recorded);
        for said in 0..=story.events.len() {
            let mut line = story.begin(said);
            let alive = line.tracker.calls().count();
            let before = line.calls.len();
            line.cut_and_back(StandIn {
                started: "09:00:00",
                ..StandIn::default()
            });
            let ended = &line.calls[before..];
            let place = format!("{}, restarted at {said}", story.place);
            assert!(ended.len() >= alive, "{place}");
            assert_eq!(line.tracker.load(), Load::default(), "{place}");
            line.finish();
        }
    }
}

/// No agent has more records than that.
fn at_most(records: &BTreeMap<String, usize>, most: &BTreeMap<String, usize>, place: &str) {
    for (agent, count) in records {
        let most = most.get(agent).copied().unwrap_or_default();
        assert!(*count <= most, "{count} records for {agent}: {place}");
    }
}
