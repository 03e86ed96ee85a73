//! An Asterisk with all its phones, and Linecard looking on.

use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use linecard_asterisk::replay::{Recording, replay};
use linecard_asterisk::translate::pattern;
use linecard_call::{Call, CallId};
use linecard_number::Extension;
use linecard_pbx::Pbx;

use super::Scenario;
use super::follower::Follower;
use crate::asterisk::Asterisk;
use crate::phone::Phone;
use crate::recorder::{Event, Recorder};

/// How long what must come may take. Generous: a machine that also compiles is slow.
const PATIENCE: Duration = Duration::from_secs(30);

/// How far a time may be off when people are played, in seconds. Wider than for recordings
/// ([`linecard_expected::TOLERANCE`]): a busy machine wakes a phone late, and each late step adds
/// to the next.
pub const LIVE_TOLERANCE: f64 = 0.5;

/// An Asterisk with all its phones, and Linecard looking on.
pub struct Stage {
    /// The phone system.
    pub asterisk: Asterisk,
    /// 101. Answers after 1 s unless the scenario says otherwise.
    pub alice: Phone,
    /// 102. Rings.
    pub bob: Phone,
    /// The softphone of 102, which no number rings. Rings.
    pub bob_softphone: Phone,
    /// 103. Is busy.
    pub carol: Phone,
    /// 104. Rings.
    pub dave: Phone,
    /// 105, the phone on the desk. Rings.
    pub erin: Phone,
    /// 105, the second device. Rings.
    pub erin_mobile: Phone,
    /// The outside world. Answers calls out after 1 s.
    pub outside: Phone,
    follower: Follower,
}

/// What came of a scenario.
#[derive(Default)]
pub struct Played {
    /// All that Asterisk said.
    pub recording: Vec<Event>,
    /// What went wrong, and in what the calls differ from what is expected; empty when all is
    /// well.
    pub problems: Vec<String>,
    /// Whether the stage cannot be used again: somebody did not do his part and may still ring.
    pub is_spoiled: bool,
}

impl Stage {
    /// Brings up an Asterisk of one of Debian's suites, the newest unless said, and its phones.
    pub fn set(suite: Option<&str>) -> Result<Self> {
        let asterisk = Asterisk::with_a_softphone(suite)?;
        Ok(Self {
            alice: asterisk.phone("101")?,
            bob: asterisk.phone("102")?,
            bob_softphone: asterisk.phone("102-web")?,
            carol: asterisk.phone("103")?,
            dave: asterisk.phone("104")?,
            erin: asterisk.phone("105")?,
            erin_mobile: asterisk.phone("105b")?,
            outside: asterisk.phone("trunk")?,
            follower: Follower::start(&asterisk.facts, PATIENCE)?,
            asterisk,
        })
    }

    /// Plays `scenario`, records it, and holds the calls that Linecard tells, live and from the
    /// recording, against what is expected. An error when it could not be begun.
    pub fn play(&self, scenario: &Scenario) -> Result<Played> {
        let expected = scenario.expected()?;
        self.starts_over()?;
        let recorder = Recorder::start(&self.asterisk.facts)?;
        let live = (scenario.play)(self).and_then(|()| {
            let channels = recorder.await_silence(PATIENCE)?;
            self.follower.calls(&channels, PATIENCE)
        });
        let mut played = Played {
            recording: recorder.finish()?,
            ..Played::default()
        };
        match live {
            Ok(live) => {
                let replayed = replayed(&played.recording)?;
                for (how, calls) in [("live", live), ("from the recording", replayed)] {
                    let found = expected.differences(&calls, LIVE_TOLERANCE);
                    let told = found.iter().map(|it| format!("{how}: {it}"));
                    played.problems.extend(told);
                }
            }
            Err(error) => {
                played.problems.push(format!("{error:#}"));
                played.is_spoiled = true;
            }
        }
        Ok(played)
    }

    /// Carries out a command on Linecard's link to this Asterisk:
    /// `stage.command(async |link| link.hang_up(&call, &extension).await)`.
    pub fn command<T>(&self, command: impl AsyncFnOnce(&dyn Pbx) -> T) -> T {
        self.follower.command(command)
    }

    /// The call that rings at `extension`, once one does.
    pub fn ringing_at(&self, extension: &Extension) -> Result<CallId> {
        self.follower.ringing_at(extension, PATIENCE)
    }

    /// Everybody at rest, and as the recordings' `README.md` has them.
    fn starts_over(&self) -> Result<()> {
        for phone in [
            &self.alice,
            &self.bob,
            &self.bob_softphone,
            &self.carol,
            &self.dave,
            &self.erin,
            &self.erin_mobile,
            &self.outside,
        ] {
            phone.starts_over()?;
        }
        self.alice.answers_after(1.0);
        self.carol.is_busy();
        self.outside.answers_after(1.0);
        self.follower.starts_over();
        Ok(())
    }
}

/// Time that people let pass: they talk, think, or let it ring. Scenarios await everything else.
pub fn pause(seconds: f64) {
    thread::sleep(Duration::from_secs_f64(seconds));
}

fn replayed(recording: &[Event]) -> Result<Vec<Call>> {
    let text = serde_json::to_string(recording)?;
    let recording = Recording::read(&text).context("what was recorded is no recording")?;
    let own = [pattern(r"PJSIP/[12]\d\d")?];
    Ok(replay(&recording, &own, &[pattern("PJSIP/trunk")?]))
}
