//! One connection, without a socket and without waiting: the test is Asterisk, and the clock.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use linecard_asterisk::AsteriskSettings;
use linecard_asterisk::session::{Before, Credentials, Session};
use linecard_call::{Call, CallState, Event, LegOutcome, Outcome, Settings, Tracker};
use linecard_pbx::{LinkState, PbxSettings, Problem, ProblemKind, Report};

use crate::stand_in::{Asked, StandIn, actions, events, talking};

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

fn session(changes: &[(&str, &str)], before: Option<Before>, now: Instant) -> Session {
    let settings = AsteriskSettings::read(&settings(changes)).unwrap();
    Session::new(
        Credentials::from(&settings),
        settings.translator(),
        before,
        now,
    )
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
                linecard_call::Change::Ended(call) => Some(*call),
                _ => None,
            })
            .collect()
    }
}

#[test]
fn a_challenge_is_taken_where_the_server_gives_one() {
    let line = Line::to(StandIn::default());
    let login = line.asked_for("Login");
    assert_eq!(login.len(), 1);
    assert_eq!(
        (login[0].get("AuthType"), login[0].get("Secret")),
        ("MD5", "")
    );
    assert!(line.is_up());
}

#[test]
fn a_server_without_challenges_is_shown_the_secret() {
    let line = Line::to(StandIn {
        challenges: false,
        ..StandIn::default()
    });
    assert_eq!(line.asked_for("Login")[0].get("Secret"), "s3cret");
    assert!(line.is_up());
}

#[test]
fn a_plain_login_asks_for_no_challenge() {
    let line = Line::with(StandIn::default(), &[("sign_in", "plain")]);
    assert!(line.asked_for("Challenge").is_empty());
    assert!(line.is_up());
}

#[test]
fn the_secret_is_never_shown_where_only_the_challenge_is_allowed() {
    let line = Line::with(
        StandIn {
            challenges: false,
            ..StandIn::default()
        },
        &[("sign_in", "md5")],
    );
    assert!(line.asked_for("Login").is_empty());
    assert!(line.ending().is_some());
}

#[test]
fn what_answers_is_told_as_a_release() {
    let line = Line::to(StandIn::default());
    let up = Report::Link(LinkState::Up {
        version: "Asterisk 22.10.1".to_owned(),
    });
    assert!(line.reports.contains(&up));
}

#[test]
fn refused_logins_are_told_apart() {
    for (words, ending) in [
        ("Authentication failed", (ProblemKind::WrongSecret, true)),
        ("Permission denied", (ProblemKind::MissingRight, true)),
        ("Login Already In Use", (ProblemKind::MissingRight, true)),
        (
            "Asterisk is shutting down",
            (ProblemKind::Restarting, false),
        ),
    ] {
        let line = Line::to(StandIn {
            refuses_login: Some(words),
            ..StandIn::default()
        });
        assert_eq!(line.ending(), Some(ending), "{words}");
        assert_eq!(line.session.ending().unwrap().problem.words, words);
    }
}

#[test]
fn a_wrong_secret_needs_a_person() {
    let line = Line::with(StandIn::default(), &[("secret", "wrong")]);
    assert_eq!(line.ending(), Some((ProblemKind::WrongSecret, true)));
}

#[test]
fn another_service_is_no_phone_system() {
    let line = Line::to(StandIn {
        banner: "SSH-2.0-OpenSSH_9.2",
        ..StandIn::default()
    });
    assert_eq!(line.ending(), Some((ProblemKind::NotAPhoneSystem, true)));
    assert_eq!(
        line.session.ending().unwrap().problem.words,
        "SSH-2.0-OpenSSH_9.2"
    );
}

#[test]
fn a_service_that_waits_for_its_client_is_no_phone_system() {
    let now = Instant::now();
    let mut session = session(&[], None, now);
    let deadline = session.deadline().unwrap();
    session.tick(deadline, Timestamp::UNIX_EPOCH);
    assert_eq!(
        session.ending().unwrap().problem.kind,
        ProblemKind::NotAPhoneSystem
    );
}

#[test]
fn an_asterisk_that_is_starting_is_waited_for() {
    let mut line = Line::to(StandIn {
        boots: false,
        ..StandIn::default()
    });
    assert!(line.asked_for("Status").is_empty());
    line.time_goes(Duration::from_millis(400));
    line.says(b"Event: FullyBooted\r\nUptime: 0\r\n\r\n");
    assert!(line.is_up());
}

#[test]
fn a_user_without_the_right_to_hear_of_the_start_goes_on_after_two_seconds() {
    let mut line = Line::to(StandIn {
        boots: false,
        ..StandIn::default()
    });
    line.time_goes(Duration::from_millis(1_900));
    assert!(!line.is_up());
    line.time_goes(Duration::from_millis(200));
    assert!(line.is_up());
}

#[test]
fn a_right_that_is_missing_is_named() {
    let line = Line::to(StandIn {
        denied: &["CoreStatus", "CoreSettings"],
        ..StandIn::default()
    });
    assert!(line.is_up());
    assert_eq!(line.notices()[0].kind, ProblemKind::MissingRight);
    assert_eq!(line.notices()[0].words, "write = reporting");

    let line = Line::to(StandIn {
        denied: &["Status"],
        ..StandIn::default()
    });
    assert_eq!(line.ending(), Some((ProblemKind::MissingRight, true)));
    assert_eq!(line.session.ending().unwrap().problem.words, "write = call");
}

#[test]
fn answers_without_an_id_go_to_the_action_that_waits_longest() {
    let line = Line::to(StandIn {
        forgets_ids: true,
        denied: &["Status"],
        ..StandIn::default()
    });
    assert_eq!(line.ending(), Some((ProblemKind::MissingRight, true)));
}

#[test]
fn an_action_that_is_never_answered_ends_the_wait() {
    let mut line = Line::to(StandIn::default());
    let ticket = line
        .session
        .ask(&linecard_asterisk::ami::Action::new("Status"), line.now)
        .unwrap();
    line.session.take_outgoing();
    line.time_goes(Duration::from_secs(30));
    let (answered, result) = line.session.poll_answer().unwrap();
    assert_eq!(answered, ticket);
    assert_eq!(
        result.unwrap_err(),
        linecard_asterisk::session::AskError::TimedOut
    );
    assert_eq!(line.ending(), None);
}

#[test]
fn a_quiet_phone_system_is_pinged_and_stays_up() {
    let mut line = Line::to(StandIn::default());
    line.time_goes(Duration::from_mins(1));
    assert_eq!(line.ending(), None);
    assert_eq!(line.asked_for("Ping").len(), 15);
}

#[test]
fn a_half_open_line_is_lost_after_ten_seconds_of_silence() {
    let mut line = Line::to(StandIn::default());
    line.time_goes_half_open(Duration::from_millis(9_900));
    assert_eq!(line.ending(), None);
    assert_eq!(line.asked_for("Ping").len(), 1);
    line.time_goes_half_open(Duration::from_millis(200));
    assert_eq!(line.ending(), Some((ProblemKind::Lost, false)));
}

#[test]
fn an_orderly_stop_is_not_a_lost_line() {
    let mut line = Line::to(StandIn::default());
    line.says(b"Event: Shutdown\r\nShutdown: Cleanly\r\nRestart: False\r\n\r\n");
    line.session.disconnected("Asterisk closed the connection");
    assert_eq!(line.ending(), Some((ProblemKind::Restarting, false)));
}

#[test]
fn one_byte_at_a_time_makes_the_same_call() {
    let mut line = Line::to(StandIn::default());
    let story = [events::rings(), events::answers()].concat();
    for byte in story.as_bytes() {
        line.says(&[*byte]);
    }
    assert_eq!(line.calls()[0].state, CallState::Talking);
}

#[test]
fn a_block_that_cannot_be_read_is_told_and_the_next_event_is_seen() {
    let mut line = Line::to(StandIn::default());
    line.says(events::GARBLED.as_bytes());
    line.says(events::rings().as_bytes());
    assert_eq!(line.notices()[0].kind, ProblemKind::Garbled);
    assert_eq!(line.calls()[0].state, CallState::Ringing);
    assert_eq!(line.ending(), None);
}

#[test]
fn a_flood_of_garbage_is_told_once_a_minute() {
    let mut line = Line::to(StandIn::default());
    for _ in 0..1_000 {
        line.says(events::GARBLED.as_bytes());
    }
    assert_eq!(line.notices().len(), 1);
}

#[test]
fn a_value_of_a_megabyte_does_not_hide_the_event_behind_it() {
    let mut line = Line::to(StandIn::default());
    let huge = format!("Event: VarSet\r\nValue: {}\r\n\r\n", "x".repeat(1 << 20));
    for piece in [huge.as_str(), &events::rings()]
        .concat()
        .as_bytes()
        .chunks(65_536)
    {
        line.says(piece);
    }
    assert_eq!(line.notices()[0].kind, ProblemKind::Garbled);
    assert_eq!(line.calls().len(), 1);
}

#[test]
fn events_that_come_while_the_list_is_read_are_told_after_it() {
    let line = Line::to(StandIn {
        meanwhile: events::rings(),
        ..StandIn::default()
    });
    let place = |wanted: fn(&Event) -> bool| {
        line.reports
            .iter()
            .position(|report| matches!(report, Report::Event { event, .. } if wanted(event)))
    };
    let end = place(|event| matches!(event, Event::ResyncEnd));
    let first = place(|event| matches!(event, Event::Channel(_)));
    assert!(end.is_some() && end < first, "{end:?} {first:?}");
    assert_eq!(line.calls()[0].state, CallState::Ringing);
}

#[test]
fn a_line_cut_in_mid_call_gives_one_call_with_the_right_end() {
    let mut line = Line::to(StandIn::default());
    line.says(events::rings().as_bytes());
    line.time_goes(Duration::from_secs(1));
    line.says(events::answers().as_bytes());
    line.time_goes(Duration::from_secs(2));
    let alive = StandIn {
        channels: vec![
            talking("PJSIP/trunk-00000001", "a.1", "a.1", "Dial", "b-1"),
            talking("PJSIP/101-00000002", "a.2", "a.1", "AppDial", "b-1"),
        ],
        ..StandIn::default()
    };
    line.cut_and_back(alive, Duration::from_secs(1));
    assert_eq!(line.calls()[0].state, CallState::Talking);
    line.time_goes(Duration::from_secs(4));
    line.says(events::ends().as_bytes());

    let ended = line.ended();
    assert_eq!(ended.len(), 1);
    let call = &ended[0];
    assert_eq!(call.outcome, Some(Outcome::Answered));
    assert!(call.estimated);
    assert_eq!(call.talk_ms, 7_000);
    assert_eq!(call.legs.len(), 1);
    assert_eq!(call.legs[0].outcome, Some(LegOutcome::Answered));
}

#[test]
fn a_call_that_ended_while_the_line_was_cut_is_over() {
    let mut line = Line::to(StandIn::default());
    line.says(events::rings().as_bytes());
    line.says(events::answers().as_bytes());
    line.cut_and_back(StandIn::default(), Duration::from_secs(5));
    let ended = line.ended();
    assert_eq!(ended.len(), 1);
    assert!(ended[0].estimated);
    assert_eq!(ended[0].outcome, Some(Outcome::Answered));
}

#[test]
fn a_restart_ends_every_call() {
    let mut line = Line::to(StandIn::default());
    line.says(events::rings().as_bytes());
    line.says(events::answers().as_bytes());
    let restarted = StandIn {
        started: "09:00:00",
        ..StandIn::default()
    };
    line.cut_and_back(restarted, Duration::from_secs(5));
    let told = line.reports.iter().any(|report| {
        matches!(
            report,
            Report::Event {
                event: Event::Restarted,
                ..
            }
        )
    });
    assert!(told);
    assert_eq!(line.ended().len(), 1);
}

/// The answers of a real Asterisk 22 with three calls alive.
#[test]
fn a_start_in_the_middle_of_three_calls_shows_all_three() {
    let recorded: serde_json::Value = serde_json::from_str(include_str!("recordings/resync-22.json")).unwrap();
    let mut line = Line::to(StandIn {
        boots: false,
        ..StandIn::default()
    });
    line.session
        .receive(line.now, line.at, b"Event: FullyBooted\r\n\r\n");
    line.reports.extend(line.session.take_reports());
    for action in actions(&mut line.session.take_outgoing()) {
        let answer = replayed(&recorded[action.name()], action.get("ActionID"));
        line.says(answer.as_bytes());
    }

    let calls = line.calls();
    let shown: Vec<_> = calls
        .iter()
        .map(|call| {
            let legs: Vec<&str> = call.legs.iter().map(|leg| leg.extension.as_str()).collect();
            (
                call.state,
                call.from.as_deref(),
                call.queue.as_deref(),
                legs,
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            (
                CallState::Talking,
                Some("31600000001"),
                Some("support"),
                vec!["101"]
            ),
            (CallState::Ringing, Some("31600000002"), None, vec!["102"]),
            (
                CallState::Ringing,
                Some("31600000003"),
                Some("nobody"),
                vec!["102"]
            ),
        ]
    );
    assert!(calls[0].estimated);
    assert_eq!(calls[0].did.as_deref(), Some("5551002"));
    // It has been there for 5 s, and 101's phone for those but the first moments.
    assert_eq!(line.at.duration_since(calls[0].started).as_secs(), 5);
}

/// A recorded answer as the bytes it was, for another `ActionID`.
fn replayed(blocks: &serde_json::Value, id: &str) -> String {
    let mut text = String::new();
    for block in blocks.as_array().unwrap() {
        let block = block.as_object().unwrap();
        // A JSON object does not keep the order; what a message is stands first on the wire.
        let (first, rest): (Vec<_>, Vec<_>) = block
            .iter()
            .partition(|(key, _)| matches!(key.as_str(), "Event" | "Response"));
        for (key, value) in first.into_iter().chain(rest) {
            let value = value.as_str().unwrap_or_default();
            let value = if key == "ActionID" { id } else { value };
            text.push_str(&format!("{key}: {value}\r\n"));
        }
        text.push_str("\r\n");
    }
    text
}
