//! The figures of `docs/performance.md`: builds what is measured, lets `benches/` measure it,
//! and shows what that says.
//!
//! A figure is only as good as the quiet around it: nothing else should run on the machine.

mod build;
mod peer;

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use crate::test::Held;
use crate::{command, places};

/// What to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// One of them; without it all but `import`, `bad-days`, `endurance` and `build`
    name: Option<Name>,
    /// Prints one line of JSON for each
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Name {
    /// AMI events per CPU-second
    Tracker,
    /// From the phone system's event to the card
    Card,
    /// A thousand agents at their Desks, and ten thousand Desks
    Desk,
    /// Ended calls accepted, and written into a CRM
    Journal,
    /// Who calls, over ten million numbers, and whom an agent means
    Book,
    /// Pages and charts of a million calls
    Calls,
    /// A million contacts out of a file, backed up and restored
    Import,
    /// 100,000 calls while CRMs fail in every way and Linecard is killed 20 times
    BadDays,
    /// Ten minutes of calls on a real Asterisk
    Endurance,
    /// How soon a dial plan is told whose caller it is
    Route,
    /// Start and idle memory
    Start,
    /// How long the compiler takes, cold and warm
    Build,
}

/// What `benches/` says; it has the same in `figures.rs`.
#[derive(Debug, Serialize, Deserialize)]
struct Bench {
    bench: String,
    figures: Vec<Figure>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Figure {
    name: String,
    value: f64,
    unit: String,
    baseline: Option<f64>,
}

/// Measures.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let all = [
        Name::Tracker,
        Name::Card,
        Name::Desk,
        Name::Journal,
        Name::Book,
        Name::Route,
        Name::Start,
    ];
    let names = match &arguments.name {
        Some(name) => std::slice::from_ref(name),
        None => &all,
    };
    for name in names {
        eprintln!("Measuring: {name:?} ...");
        let bench = match name {
            Name::Tracker => tracker(),
            Name::Card => program("card", |bench| Ok(bench.arg("--linecard").arg(linecard()))),
            Name::Desk => program("desk", |bench| Ok(bench.arg("--linecard").arg(linecard()))),
            Name::Route => program("route", |bench| Ok(bench.arg("--linecard").arg(linecard()))),
            Name::Start => program("start", |bench| Ok(bench.arg("--linecard").arg(linecard()))),
            Name::BadDays => program("bad-days", |bench| {
                Ok(bench.arg("--linecard").arg(linecard()))
            }),
            Name::Endurance => endurance(),
            Name::Journal => with_postgres("journal"),
            Name::Book => with_postgres("book"),
            Name::Calls => with_postgres("calls"),
            Name::Import => with_postgres("import"),
            Name::Build => build::measure(),
        };
        tell(&bench?, arguments.json)?;
    }
    Ok(())
}

fn tell(bench: &Bench, json: bool) -> Result<()> {
    if json {
        println!("{}", serde_json::to_string(bench)?);
        return Ok(());
    }
    println!("{}", bench.bench);
    for figure in &bench.figures {
        let Figure {
            name, value, unit, ..
        } = figure;
        let beside = figure.baseline.map_or_else(String::new, |baseline| {
            format!("   beside it {baseline:>13.1}")
        });
        println!("  {name:<30} {value:>13.3} {unit:<4}{beside}");
    }
    Ok(())
}

fn tracker() -> Result<Bench> {
    let peer = peer::cacofonisk();
    if let Err(error) = &peer {
        eprintln!("cacofonisk is not measured beside us: {error:#}");
    }
    program("tracker", |bench| {
        Ok(match peer {
            Ok(python) => bench.arg("--cacofonisk").arg(python),
            Err(_) => bench,
        })
    })
}

fn endurance() -> Result<Bench> {
    let xtask = places::program("xtask")?;
    program("endurance", |bench| {
        // It brings up its own Asterisk and phones, and would else build this program first.
        let bench = bench.env("LINECARD_TEST_XTASK", xtask);
        Ok(bench.arg("--linecard").arg(linecard()))
    })
}

fn with_postgres(name: &str) -> Result<Bench> {
    // Held: it is gone when we are, however we end.
    let postgres = Held::postgres()?;
    let bench = program(name, |bench| Ok(bench.arg("--postgres").arg(&postgres.url)));
    postgres.release()?;
    bench
}

/// Builds `benches/` and runs one bench.
fn program(
    name: &str,
    with: impl for<'a> FnOnce(&'a mut Command) -> Result<&'a mut Command>,
) -> Result<Bench> {
    command::run(
        Command::new("cargo")
            .args(["build", "--release", "--quiet"])
            .args(["--package", "linecard", "--package", "linecard-benches"])
            .current_dir(places::checkout()),
    )?;
    let mut bench = Command::new(release().join("linecard-benches"));
    let output = with(bench.arg(name))?
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start the bench {name}"))?;
    if !output.status.success() {
        bail!("the bench {name} failed: {}", output.status);
    }
    serde_json::from_slice(&output.stdout).context("cannot understand what the bench says")
}

fn linecard() -> PathBuf {
    release().join("linecard")
}

/// Where the release builds are.
fn release() -> PathBuf {
    let own = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = own.unwrap_or_else(|| PathBuf::from("target"));
    places::checkout().join(target).join("release")
}
