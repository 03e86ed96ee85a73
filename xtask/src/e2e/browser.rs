//! The browser tests: `tests/browser/*.test.mjs` under Node's own test runner.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::test::runner::{self, Totals};
use crate::{command, places, web};

/// Builds what the tests drive and runs them; an error when one fails.
pub(crate) fn run() -> Result<()> {
    web::build()?;
    command::run(Command::new("cargo").current_dir(places::checkout()).args([
        "build",
        "--quiet",
        "--package",
        "linecard",
    ]))?;
    let totals = totals()?;
    if totals.failed > 0 {
        bail!("{} browser tests failed", totals.failed);
    }
    Ok(())
}

/// Runs the tests against what is built, and counts.
pub(crate) fn totals() -> Result<Totals> {
    let Some(files) = files()? else {
        eprintln!("There are no browser tests yet");
        return Ok(Totals::default());
    };
    let mut node = Command::new("node");
    node.current_dir(places::checkout())
        // One file at a time: each starts a browser and a phone system, on few cores.
        .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
        .args(files)
        .env("LINECARD_TEST_BIN", places::program("linecard")?)
        .env("LINECARD_TEST_XTASK", places::program("xtask")?);
    runner::run(&mut node, runner::node_totals)
}

/// The test files in order; `None` while the folder does not exist.
fn files() -> Result<Option<Vec<PathBuf>>> {
    let folder = places::checkout().join("tests/browser");
    if !folder.is_dir() {
        return Ok(None);
    }
    let mut files = Vec::new();
    for entry in
        fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    if files.is_empty() {
        bail!("{} holds no *.test.mjs", folder.display());
    }
    files.sort();
    Ok(Some(files))
}
