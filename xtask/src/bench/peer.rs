//! The peer that the tracker is measured beside.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::{command, places};

/// cacofonisk pins a panoramisk that today's Python cannot run, hence without its dependencies
/// and with the one that works.
const PACKAGES: [&str; 2] = ["cacofonisk==0.7.10", "panoramisk==1.4"];

/// A Python with cacofonisk, made in the cache when it is missing.
pub(super) fn cacofonisk() -> Result<PathBuf> {
    let folder = places::cache()?.join("peer-cacofonisk");
    let python = folder.join("bin/python");
    let imports = ["-c", "import cacofonisk, panoramisk"];
    if command::output(Command::new(&python).args(imports)).is_ok() {
        return Ok(python);
    }
    eprintln!("Installing cacofonisk ...");
    command::output(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    let install = ["-m", "pip", "install", "--quiet", "--no-deps"];
    command::output(Command::new(&python).args(install).args(PACKAGES))?;
    Ok(python)
}
