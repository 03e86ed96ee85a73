//! Known vulnerabilities, licences, sources and unused dependencies.
//!
//! The rules are in `deny.toml`. The advisory database is fetched from its public repository;
//! where that cannot be reached the check says so and fails, it does not pass unseen.

use std::process::{Command, Stdio};

use anyhow::Result;

use crate::{command, places};

/// Runs cargo-deny and cargo-machete, installing them first when they are missing.
pub(crate) fn run() -> Result<()> {
    install("deny")?;
    command::run(cargo().args(["deny", "check"]))?;
    install("machete")?;
    command::run(cargo().arg("machete"))
}

fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(places::checkout());
    cargo
}

fn install(tool: &str) -> Result<()> {
    let found = cargo()
        .args([tool, "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if found.success() {
        return Ok(());
    }
    eprintln!("Installing cargo-{tool} ...");
    command::run(cargo().args(["install", "--locked", &format!("cargo-{tool}")]))
}
