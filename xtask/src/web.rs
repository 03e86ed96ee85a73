//! The web pages: installs what they need when that has changed, checks, tests, builds.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::{command, places};

/// `web/`, once it has pages.
pub(crate) fn folder() -> Option<PathBuf> {
    let folder = places::checkout().join("web");
    folder.join("package.json").is_file().then_some(folder)
}

/// `npm` with `arguments` in `web/`.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut npm = Command::new("npm");
    npm.args(arguments)
        .current_dir(places::checkout().join("web"))
        // No advice about funds and newer versions between our own lines.
        .env("npm_config_fund", "false")
        .env("npm_config_audit", "false")
        .env("npm_config_update_notifier", "false");
    if !io::stdout().is_terminal() {
        npm.env("NO_COLOR", "1");
    }
    npm
}

/// Installs the packages of `web/package-lock.json` unless they are installed already.
pub(crate) fn install() -> Result<()> {
    let web = places::checkout().join("web");
    let lock =
        fs::read(web.join("package-lock.json")).context("cannot read web/package-lock.json")?;
    // A copy of the lock that the installed packages came from; npm ci deletes it with them.
    let stamp = web.join("node_modules/.linecard-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    eprintln!("Installing the web pages' packages ...");
    command::run(&mut npm(&["ci"]))?;
    fs::write(&stamp, lock).with_context(|| format!("cannot write {}", stamp.display()))
}

/// Builds the pages that the server embeds.
pub(crate) fn build() -> Result<()> {
    if folder().is_none() {
        eprintln!("There are no web pages yet");
        return Ok(());
    }
    install()?;
    command::run(&mut npm(&["run", "build"]))
}
