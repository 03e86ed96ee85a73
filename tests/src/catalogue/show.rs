//! Plays many scenarios on a few Asterisks at a time.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use super::{Played, Scenario, Stage};

/// What to play, and where.
pub struct Show {
    /// What is played.
    pub scenarios: Vec<Scenario>,
    /// Debian's suite whose Asterisk it is played on; the newest unless said.
    pub suite: Option<String>,
    /// How many Asterisks at a time. The people in a scenario mostly wait, so more than there
    /// are cores is fine.
    pub stages: usize,
}

/// What came of one scenario.
pub struct Verdict {
    /// Which.
    pub name: &'static str,
    /// All that Asterisk said, and what is wrong.
    pub played: Played,
    /// How long it took.
    pub took: Duration,
}

impl Show {
    /// Plays all, and tells of each as soon as it is over.
    pub fn play(self, mut tell: impl FnMut(Verdict)) {
        let stages = self.stages.min(self.scenarios.len());
        let ahead = Mutex::new(VecDeque::from(self.scenarios));
        let suite = self.suite.as_deref();
        let (verdicts, told) = mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..stages {
                let (ahead, verdicts) = (&ahead, verdicts.clone());
                scope.spawn(move || play_in_turn(suite, ahead, &verdicts));
            }
            drop(verdicts);
            for verdict in told {
                tell(verdict);
            }
        });
    }
}

/// Plays on one stage what is ahead; a spoiled one is set anew.
fn play_in_turn(
    suite: Option<&str>,
    ahead: &Mutex<VecDeque<Scenario>>,
    verdicts: &mpsc::Sender<Verdict>,
) {
    let next = || {
        let mut ahead = ahead.lock().unwrap_or_else(PoisonError::into_inner);
        ahead.pop_front()
    };
    let mut stage = None;
    while let Some(scenario) = next() {
        let start = Instant::now();
        let set = match stage.take() {
            Some(stage) => Ok(stage),
            None => Stage::set(suite),
        };
        let played = set.and_then(|set| {
            let played = set.play(&scenario)?;
            if !played.is_spoiled {
                stage = Some(set);
            }
            Ok(played)
        });
        let verdict = Verdict {
            name: scenario.name,
            played: played.unwrap_or_else(|error| Played {
                problems: vec![format!("{error:#}")],
                ..Played::default()
            }),
            took: start.elapsed(),
        };
        if verdicts.send(verdict).is_err() {
            return;
        }
    }
}
