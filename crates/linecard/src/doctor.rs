//! `linecard doctor`: says what is wrong with the way to a phone system before anybody calls.

mod asterisk;
mod call_words;
mod steps;
mod teller;
mod watch;
mod words;

use std::process::ExitCode;

use clap::Subcommand;

/// What can be examined.
#[derive(Debug, Subcommand)]
pub(crate) enum Patient {
    /// Sign in to an Asterisk, check what the manager user may see and do, and tell the next
    /// call as it happens
    Asterisk(asterisk::AsteriskArguments),
}

pub(crate) async fn doctor(patient: Patient) -> anyhow::Result<ExitCode> {
    match patient {
        Patient::Asterisk(arguments) => asterisk::examine(arguments).await,
    }
}
