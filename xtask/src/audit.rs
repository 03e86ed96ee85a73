//! Licences, sources, unused dependencies and known vulnerabilities.
//!
//! The rules are in `deny.toml`. The advisory database is fetched from its public repository, so
//! that step is the last; where it cannot be reached the audit fails, it does not pass unseen.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::{command, places};

/// Runs cargo-deny and cargo-machete, installing them first when they are missing.
pub(crate) fn run() -> Result<()> {
    install("deny")?;
    install("machete")?;
    let steps: [&[&str]; 3] = [
        &["deny", "check", "bans", "licenses", "sources"],
        // With metadata it knows that the crate md-5 is called md5 in the source.
        &["machete", "--with-metadata"],
        &["deny", "check", "advisories"],
    ];
    let mut failed = 0;
    for step in steps {
        if let Err(error) = command::run(cargo().args(step)) {
            eprintln!("{error:#}");
            failed += 1;
        }
    }
    if failed > 0 {
        bail!("{failed} of {} audits failed", steps.len());
    }
    Ok(())
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
