//! One connection: whatever the other end sends, what comes out is sound, and it ends when told.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use linecard_asterisk::AsteriskSettings;
use linecard_asterisk::ami::Action;
use linecard_asterisk::session::{Credentials, Session};
use linecard_call::{Event, Settings, Tracker};
use linecard_pbx::{PbxSettings, Report};

use crate::promises::Watched;

const MOST_CHANNELS: usize = 500;

/// Reads `data` as what a server sends. Two bytes choose the size of the pieces and the time
/// between them.
///
/// # Panics
///
/// Where something that must hold does not.
pub fn check(data: &[u8]) {
    let Some(([size, pause], stream)) = data.split_first_chunk() else {
        return;
    };
    let Some(mut line) = Line::new() else {
        return;
    };
    let pause = Duration::from_millis(u64::from(*pause).pow(2));
    for piece in stream.chunks((usize::from(*size) + 1) * 8) {
        line.receive(piece);
        line.pass(pause);
        line.ask();
        if line.session.ending().is_some() {
            break;
        }
    }
    line.finish();
}

/// A session and what it says, checked.
struct Line {
    session: Session,
    now: Instant,
    at: Timestamp,
    calls: Watched,
    resyncing: bool,
    asked: usize,
}

impl Line {
    fn new() -> Option<Self> {
        let now = Instant::now();
        let tracker = Tracker::new(Settings {
            max_channels: MOST_CHANNELS,
            ..Settings::default()
        });
        Some(Self {
            session: session(now)?,
            now,
            at: Timestamp::constant(1_800_000_000, 0),
            calls: Watched::new(tracker, MOST_CHANNELS),
            resyncing: false,
            asked: 0,
        })
    }

    fn receive(&mut self, piece: &[u8]) {
        self.session.receive(self.now, self.at, piece);
        self.settle();
    }

    fn pass(&mut self, pause: Duration) {
        self.now += pause;
        self.at += SignedDuration::try_from(pause).unwrap_or_default();
        if self.session.deadline().is_some_and(|at| at <= self.now) {
            self.session.tick(self.now, self.at);
            self.settle();
        }
        self.calls.tick(self.at);
    }

    /// Somebody wants something of the phone system now and then.
    fn ask(&mut self) {
        if self.asked < 4 {
            let hangup = Action::new("Hangup").header("Channel", "a.1");
            self.asked += usize::from(self.session.ask(&hangup, self.now).is_ok());
        }
        while let Some((_, _result)) = self.session.poll_answer() {
            self.asked = self.asked.saturating_sub(1);
        }
    }

    fn settle(&mut self) {
        sound(&self.session.take_outgoing());
        for report in self.session.take_reports() {
            let Report::Event { at, event } = report else {
                continue;
            };
            match event {
                Event::ResyncBegin => assert!(!self.resyncing, "a resync in a resync"),
                Event::ResyncEnd => assert!(self.resyncing, "a resync ends that never began"),
                _ => {}
            }
            self.resyncing ^= matches!(event, Event::ResyncBegin | Event::ResyncEnd);
            self.calls.handle(at, event);
        }
        assert!(!self.resyncing, "a resync is told in one go");
    }

    fn finish(mut self) {
        self.session.disconnected("closed");
        assert!(self.session.ending().is_some(), "a closed line is over");
        assert_eq!(self.session.deadline(), None, "nothing is left to do");
        self.settle();
        // A new connection takes over what this one leaves, whatever that is.
        let _before = self.session.remembered();
        self.calls.finish(self.at);
    }
}

/// What is sent is whole actions of short lines.
fn sound(sent: &[u8]) {
    let Ok(text) = std::str::from_utf8(sent) else {
        panic!("not UTF-8: {sent:?}");
    };
    assert!(text.is_empty() || text.ends_with("\r\n\r\n"), "cut short");
    for action in text.split_terminator("\r\n\r\n") {
        assert!(action.starts_with("Action: "), "no action: {action}");
        let short = action.split("\r\n").all(|line| line.len() < 1_000);
        assert!(short, "a line is too long: {action}");
    }
}

/// A session as an admin would set it up; `None` where the settings are refused.
pub(crate) fn session(now: Instant) -> Option<Session> {
    // To read a pattern takes longer than to follow a call.
    static SETTINGS: LazyLock<Option<AsteriskSettings>> = LazyLock::new(|| {
        let fields = [
            ("host", "127.0.0.1"),
            ("username", "linecard"),
            ("secret", "s3cret"),
            ("own", r"PJSIP/1\d\d"),
            ("trunk", "PJSIP/trunk"),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        AsteriskSettings::read(&PbxSettings(fields.into_iter().collect())).ok()
    });
    let settings = SETTINGS.as_ref()?;
    let credentials = Credentials::from(settings);
    Some(Session::new(credentials, settings.translator(), None, now))
}
