//! One connection: whatever the other end sends, what comes out is sound, and it ends when told.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use linecard_asterisk::AsteriskSettings;
use linecard_asterisk::ami::Action;
use linecard_asterisk::session::{Before, Credentials, Session};
use linecard_call::{Event, Settings, Tracker};
use linecard_pbx::{PbxSettings, Report};

use crate::promises::Watched;

const MOST_CHANNELS: usize = 500;

/// Reads `data` as what a server sends. Three bytes choose the size of the pieces, the time between
/// them, and how much of it comes over a first connection before that is cut and all of it over a
/// second one.
///
/// # Panics
///
/// Where something that must hold does not.
pub fn check(data: &[u8]) {
    let Some(([size, pause, cut], stream)) = data.split_first_chunk() else {
        return;
    };
    let Some(mut line) = Line::new() else {
        return;
    };
    let size = (usize::from(*size) + 1) * 8;
    let pause = Duration::from_millis(u64::from(*pause).pow(2));
    let cut = stream.len() * usize::from(*cut) / usize::from(u8::MAX);
    let (first, _) = stream.split_at(cut);
    line.play(first.chunks(size), pause);
    line.disconnected();
    if line.reconnect() {
        line.play(stream.chunks(size), pause);
        line.disconnected();
    }
    line.calls.finish(line.at);
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
            session: session(None, now)?,
            now,
            at: Timestamp::constant(1_800_000_000, 0),
            calls: Watched::new(tracker, MOST_CHANNELS),
            resyncing: false,
            asked: 0,
        })
    }

    fn play<'a>(&mut self, pieces: impl Iterator<Item = &'a [u8]>, pause: Duration) {
        for piece in pieces {
            self.receive(piece);
            self.pass(pause);
            self.ask();
            if self.session.ending().is_some() {
                return;
            }
        }
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
        let goes_on = self.session.ending().is_some() || self.session.deadline().is_some();
        assert!(goes_on, "a line that waits for ever");
    }

    fn disconnected(&mut self) {
        self.session.disconnected("closed");
        assert!(self.session.ending().is_some(), "a closed line is over");
        assert_eq!(self.session.deadline(), None, "nothing is left to do");
        self.settle();
    }

    /// A new connection takes over what the one before leaves, whatever that is.
    fn reconnect(&mut self) -> bool {
        let Some(next) = session(self.session.remembered(), self.now) else {
            return false;
        };
        self.session = next;
        self.asked = 0;
        true
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
pub(crate) fn session(before: Option<Before>, now: Instant) -> Option<Session> {
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
    Some(Session::new(
        credentials,
        settings.translator(),
        before,
        now,
    ))
}
