//! How long the compiler takes for the whole workspace.

use std::fs;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use super::{Bench, Figure};
use crate::{command, places};

/// Half of the rooms stand on this one.
const CHANGED: &str = "crates/flow/src/lib.rs";

/// Builds into an empty folder, and again after a change in the middle of the house.
pub(super) fn measure() -> Result<Bench> {
    let folder = places::cache()?.join(format!("bench-target-{}", std::process::id()));
    let build = || -> Result<f64> {
        let begun = Instant::now();
        command::run(
            Command::new("cargo")
                .args(["build", "--workspace", "--quiet", "--target-dir"])
                .arg(&folder)
                .current_dir(places::checkout()),
        )?;
        Ok(begun.elapsed().as_secs_f64())
    };
    // The first build must not wait for downloads.
    let fetched = command::run(
        Command::new("cargo")
            .args(["fetch", "--quiet", "--locked"])
            .current_dir(places::checkout()),
    );
    let measured = fetched.and_then(|()| build()).and_then(|cold| {
        command::run(Command::new("touch").arg(places::checkout().join(CHANGED)))?;
        Ok((cold, build()?))
    });
    fs::remove_dir_all(&folder).with_context(|| format!("cannot delete {}", folder.display()))?;
    let (cold, warm) = measured?;
    let figure = |name: &str, value| Figure {
        name: name.to_owned(),
        value,
        unit: "s".to_owned(),
        baseline: None,
    };
    Ok(Bench {
        bench: "build".to_owned(),
        figures: vec![figure("cold_s", cold), figure("warm_s", warm)],
    })
}
