//! The house rules that a compiler does not hold.

mod arrows;
mod dependencies;
mod length;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};
use cargo_metadata::MetadataCommand;

use crate::{command, parity, places};

/// Holds every rule and tells all that is broken, not only the first.
pub(crate) fn run() -> Result<()> {
    let metadata = MetadataCommand::new()
        .current_dir(places::checkout())
        .no_deps()
        .exec()?;
    let mut broken = arrows::broken(&metadata.packages);
    let sources = sources()?;
    broken.extend(length::broken(&sources)?);
    broken.extend(parity::broken(&sources)?);
    broken.extend(dependencies::broken(&metadata.packages)?);
    for rule in &broken {
        eprintln!("- {rule}");
    }
    if !broken.is_empty() {
        bail!("{} house rules are broken", broken.len());
    }
    println!("The house rules hold");
    Ok(())
}

/// Every file of the checkout that git tracks or would track, relative to its root.
pub(crate) fn sources() -> Result<Vec<PathBuf>> {
    let listed = command::output(Command::new("git").current_dir(places::checkout()).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    let files = listed.split('\0').filter(|path| !path.is_empty());
    Ok(files.map(PathBuf::from).collect())
}
