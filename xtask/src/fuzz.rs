//! The checks of `fuzz/` under libFuzzer: bytes that reach ever more of the code.
//!
//! Stable Rust is enough: without a sanitizer no flag of the nightly compiler is needed, and code
//! without `unsafe` has nothing for one to find. A C++ compiler builds libFuzzer itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use crate::{command, places};

/// The longest input that is kept, in bytes: long ones take long to try, and say little more.
const LONGEST_KEPT: u32 = 3_072;

/// What to fuzz, and for how long.
#[derive(Args)]
pub(crate) struct Arguments {
    /// One of them; without it all, one after another
    target: Option<Target>,
    /// How long each runs
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Makes the kept inputs (fuzz/corpus) anew, out of all that are known
    #[arg(long)]
    keep: bool,
}

#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Target {
    /// Bytes into messages
    AmiCodec,
    /// A whole connection, its end and the next
    AmiSession,
    /// Recordings as people hand them in
    Replay,
    /// Events into calls
    Tracker,
}

/// Runs the targets; an error at the first finding.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    install()?;
    let seeds = folder("seeds")?;
    command::run(
        cargo()
            .args(["run", "--quiet", "--package", "linecard-fuzz"])
            .args(["--bin", "seeds", "--"])
            .arg("connectors/asterisk/tests/recordings")
            .arg(&seeds),
    )?;
    let all = Target::value_variants().to_vec();
    for target in arguments.target.map_or(all, |target| vec![target]) {
        let value = target.to_possible_value();
        let name = value.as_ref().map_or("", |value| value.get_name());
        let inputs = Inputs::of(name, &seeds)?;
        inputs.fuzz(name, arguments.seconds)?;
        if arguments.keep {
            inputs.keep(name)?;
        }
    }
    Ok(())
}

/// Where the inputs of a target are.
struct Inputs {
    /// What runs on this machine have found.
    found: PathBuf,
    /// What everybody has.
    kept: PathBuf,
    seeds: PathBuf,
}

impl Inputs {
    fn of(target: &str, seeds: &Path) -> Result<Self> {
        let kept = places::checkout().join("fuzz/corpus").join(target);
        fs::create_dir_all(&kept).with_context(|| format!("cannot make {}", kept.display()))?;
        Ok(Self {
            found: folder(&format!("found/{target}"))?,
            kept,
            seeds: seeds.join(target),
        })
    }

    fn fuzz(&self, target: &str, seconds: u32) -> Result<()> {
        eprintln!("== {target}, {seconds} s");
        command::run(
            fuzz(target)
                .args([&self.found, &self.kept, &self.seeds])
                .arg("--")
                .arg(format!("-max_total_time={seconds}"))
                // An input that takes this many seconds, or this much memory, is a finding.
                .args(["-timeout=10", "-rss_limit_mb=512"])
                .args(["-print_final_stats=1", "-verbosity=1"]),
        )
    }

    /// Takes of all inputs the fewest that reach everything, and keeps those.
    fn keep(&self, target: &str) -> Result<()> {
        let fewest = folder(&format!("fewest/{target}"))?;
        fs::remove_dir_all(&fewest)?;
        fs::create_dir(&fewest)?;
        command::run(
            fuzz(target)
                .args([&fewest, &self.kept, &self.found, &self.seeds])
                .args(["--", "-merge=1", "-use_counters=0"])
                .arg(format!("-max_len={LONGEST_KEPT}")),
        )?;
        for input in fs::read_dir(&self.kept)? {
            fs::remove_file(input?.path())?;
        }
        for input in fs::read_dir(&fewest)? {
            let input = input?;
            fs::copy(input.path(), self.kept.join(input.file_name()))?;
        }
        Ok(())
    }
}

/// `cargo fuzz run`, built as stable Rust can.
fn fuzz(target: &str) -> Command {
    let mut fuzz = cargo();
    fuzz.args(["fuzz", "run", "--fuzz-dir", "fuzz/targets"])
        .args(["--sanitizer", "none", "--target-dir", "target/fuzz/build"])
        .arg(target);
    fuzz
}

fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(places::checkout());
    cargo
}

/// A folder for what fuzzing makes and nobody keeps.
fn folder(name: &str) -> Result<PathBuf> {
    let folder = places::checkout().join("target/fuzz").join(name);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

fn install() -> Result<()> {
    let found = cargo()
        .args(["fuzz", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if found.success() {
        return Ok(());
    }
    eprintln!("cargo-fuzz, which drives libFuzzer, is missing; installing it ...");
    command::run(cargo().args(["install", "--locked", "cargo-fuzz"]))
        .context("without cargo-fuzz there is no fuzzing; `cargo install --locked cargo-fuzz`")
}
