//! What a person would see or do, from end to end: pages in a browser, calls on a phone system.

pub(crate) mod browser;
mod calls;

use anyhow::Result;
use clap::Subcommand;

/// What can be played from end to end.
#[derive(Subcommand)]
pub(crate) enum Task {
    /// The pages, in a real browser: tests/browser.
    Browser,
    /// The catalogue of calls, with scripted phones on a real Asterisk: tests/src/catalogue.
    Calls(calls::Arguments),
}

/// Plays `task`; an error when something is not as it must be.
pub(crate) fn run(task: &Task) -> Result<()> {
    match task {
        Task::Browser => browser::run(),
        Task::Calls(arguments) => calls::run(arguments),
    }
}
