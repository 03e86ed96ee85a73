//! Plays the catalogue of calls on a real Asterisk: what `cargo xtask e2e calls` runs.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command for people: it talks to the terminal"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Parser;
use linecard_tests::catalogue::{self, Scenario, Show, Verdict};

/// Plays the catalogue of calls on a real Asterisk and holds what Linecard tells against what is
/// expected.
#[derive(Parser)]
struct Arguments {
    /// Writes what Asterisk said into this folder, a file per scenario.
    #[arg(long, value_name = "FOLDER")]
    record: Option<PathBuf>,
    /// Plays only the scenarios whose name holds this; may be given several times.
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Debian's suite to take Asterisk from: sid (22) or bullseye (16).
    #[arg(long)]
    suite: Option<String>,
    /// How many Asterisks at a time.
    #[arg(long, default_value_t = 4)]
    stages: usize,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Plays, and gives how many failed.
fn run(arguments: Arguments) -> Result<u32> {
    let is_wanted = |scenario: &Scenario| {
        let mut only = arguments.only.iter();
        arguments.only.is_empty() || only.any(|name| scenario.name.contains(name))
    };
    let scenarios: Vec<_> = catalogue::all().filter(is_wanted).collect();
    if scenarios.is_empty() {
        bail!("no scenario is called {}", arguments.only.join(" or "));
    }
    if let Some(folder) = &arguments.record {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let show = Show {
        scenarios,
        suite: arguments.suite,
        stages: arguments.stages,
    };
    let (mut passed, mut failed) = (0, 0);
    let mut unwritten = Ok(());
    show.play(|verdict| {
        tell(&verdict);
        if verdict.played.problems.is_empty() {
            passed += 1;
        } else {
            failed += 1;
        }
        if let Some(folder) = &arguments.record
            && unwritten.is_ok()
        {
            unwritten = write(folder, &verdict);
        }
    });
    unwritten?;
    println!("{passed} passed, {failed} failed");
    Ok(failed)
}

fn tell(verdict: &Verdict) {
    let word = if verdict.played.problems.is_empty() {
        "PASS"
    } else {
        "FAIL"
    };
    println!(
        "{word} [{:5.1} s] {}",
        verdict.took.as_secs_f64(),
        verdict.name
    );
    for problem in &verdict.played.problems {
        println!("     {problem}");
    }
}

fn write(folder: &Path, verdict: &Verdict) -> Result<()> {
    let recording = &verdict.played.recording;
    let path = folder.join(format!("{}.json", verdict.name));
    let text = serde_json::to_string_pretty(recording)?;
    fs::write(&path, text + "\n").with_context(|| format!("cannot write {}", path.display()))
}
