//! The catalogue of calls, played live: people pick up, hold, transfer and give up on a real
//! Asterisk, and Linecard must tell what happened.
//!
//! A scenario is a name and a play. What it must tell is in the file of that name in
//! `connectors/asterisk/tests/recordings/expected/`, which the tests that replay recordings read
//! too. `cargo xtask e2e calls` plays them all; `tests/tests/catalogue.rs` a few.
//!
//! To add one: write the play in the file of its subject here, add it to that file's `SCENARIOS`,
//! write what is expected, and record it (`docs/developing.md`).

mod answering;
mod clicks;
mod conferences;
mod consultations;
mod dialling;
mod fetching;
mod follower;
mod linecard_dials;
mod parking;
mod pickups;
mod queues;
mod routing;
mod show;
mod stage;
mod transfers;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use linecard_expected::Expected;

pub use show::{Show, Verdict};
pub use stage::{LIVE_TOLERANCE, Played, Stage, pause};

/// What people do with their phones, under the name of its recording.
#[derive(Clone, Copy)]
pub struct Scenario {
    /// The name of its recording and of its expected outcome.
    pub name: &'static str,
    /// Plays the people. Everything is at rest before; nobody need be after.
    pub play: fn(&Stage) -> Result<()>,
}

impl Scenario {
    /// What Linecard must tell of it.
    pub fn expected(&self) -> Result<Expected> {
        let path = recordings().join(format!("expected/{}.toml", self.name));
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Expected::read(&text).with_context(|| format!("{}", path.display()))
    }
}

/// Every scenario, by subject.
pub fn all() -> impl Iterator<Item = Scenario> {
    [
        answering::SCENARIOS,
        dialling::SCENARIOS,
        routing::SCENARIOS,
        pickups::SCENARIOS,
        fetching::SCENARIOS,
        queues::SCENARIOS,
        transfers::SCENARIOS,
        consultations::SCENARIOS,
        conferences::SCENARIOS,
        parking::SCENARIOS,
        clicks::SCENARIOS,
        linecard_dials::SCENARIOS,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The folder of the recordings and their expected outcomes.
#[must_use]
pub fn recordings() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../connectors/asterisk/tests/recordings")
}
