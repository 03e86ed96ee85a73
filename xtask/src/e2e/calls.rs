//! Every scenario of the catalogue of calls, played on real Asterisks of their own.
//!
//! The program `linecard-calls` of `tests/` plays them; this builds it and finds what it needs.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::asterisk::{self, Suite};
use crate::{command, places};

/// Which scenarios, on which Asterisk, and whether they are recorded.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Writes what Asterisk said into this folder, a file per scenario.
    #[arg(long, value_name = "FOLDER")]
    record: Option<PathBuf>,
    /// Plays only the scenarios whose name holds this; may be given several times.
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Debian's suite to take Asterisk from; without it sid (22), else bullseye (16).
    #[arg(long)]
    suite: Option<Suite>,
    /// How many Asterisks at a time.
    #[arg(long, default_value_t = 4)]
    stages: usize,
}

/// Plays the scenarios; an error when one tells another outcome than expected.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    asterisk::fetch(arguments.suite)?;
    command::run(Command::new("cargo").current_dir(places::checkout()).args([
        "build",
        "--quiet",
        "--package",
        "linecard-tests",
        "--bin",
        "linecard-calls",
    ]))?;
    let mut player = Command::new(places::program("linecard-calls")?);
    player
        .args(["--stages", &arguments.stages.to_string()])
        .env("LINECARD_TEST_XTASK", places::program("xtask")?);
    if let Some(folder) = &arguments.record {
        player.arg("--record").arg(folder);
    }
    for name in &arguments.only {
        player.args(["--only", name]);
    }
    if let Some(suite) = arguments.suite {
        player.args(["--suite", &suite.to_string()]);
    }
    // It has said itself what is wrong.
    let status = player.status().context("cannot start linecard-calls")?;
    if !status.success() {
        bail!("not every call was told right");
    }
    Ok(())
}
