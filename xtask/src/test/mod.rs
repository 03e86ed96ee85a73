//! Everything that must hold, in one run: what `make test` and CI run.
//!
//! The steps go on after a failure, so that one run shows all that is wrong. The last line is
//! plain: `N passed, N failed`; a failed step that is no test counts as one failure.

pub(crate) mod runner;

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Result, bail};
use serde::Deserialize;

use crate::{asterisk, check, command, e2e, places, web};
use runner::Totals;

/// Runs every step and tells the totals.
pub(crate) fn run() -> ExitCode {
    let start = Instant::now();
    let mut report = Report::default();

    report.step("Formatting", || {
        command::run(cargo().args(["fmt", "--all", "--check"]))
    });
    report.step("House rules", check::run);
    // The server embeds the built pages: they come before anything of Rust is compiled.
    if web::folder().is_some() {
        report.step("Web: packages", web::install);
        report.step("Web: lints and types", || {
            command::run(&mut web::npm(&["run", "check"]))
        });
        report.tests("Web: unit tests", || {
            runner::run(&mut web::npm(&["test"]), runner::vitest_totals)
        });
        report.step("Web: build", web::build);
    }
    report.step("Lints", || {
        command::run(cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]))
    });
    // All that the tests start, with the features they are compiled with: nothing is built twice.
    report.step("Build", || {
        command::run(cargo().args(["build", "--workspace", "--bins", "--tests"]))
    });
    report.step("Clients that others wrote", || {
        command::run(&mut Command::new(
            places::checkout().join("tests/clients/prepare"),
        ))
    });
    report.step("Asterisk's files", || asterisk::fetch(None));
    report.tests(
        "Rust tests, with PostgreSQL, MariaDB and Asterisk",
        rust_tests,
    );
    report.tests("Browser tests", e2e::browser::totals);

    println!("Took {} s", start.elapsed().as_secs());
    for name in &report.broken {
        println!("FAILED: {name}");
    }
    let Totals { passed, failed } = report.totals;
    println!("{passed} passed, {failed} failed");
    ExitCode::from(u8::from(failed > 0))
}

/// What happened so far.
#[derive(Default)]
struct Report {
    totals: Totals,
    broken: Vec<&'static str>,
}

impl Report {
    /// A step that is no test: it counts only when it fails.
    fn step(&mut self, name: &'static str, step: impl FnOnce() -> Result<()>) {
        self.tests(name, || step().map(|()| Totals::default()));
    }

    /// A step that counts its tests.
    fn tests(&mut self, name: &'static str, tests: impl FnOnce() -> Result<Totals>) {
        println!("\n== {name}");
        let totals = tests().unwrap_or_else(|error| {
            eprintln!("{error:#}");
            Totals {
                passed: 0,
                failed: 1,
            }
        });
        if totals.failed > 0 {
            self.broken.push(name);
        }
        self.totals += totals;
    }
}

fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(places::checkout());
    cargo
}

fn rust_tests() -> Result<Totals> {
    let postgres = Held::postgres()?;
    let mariadb = Held::mariadb()?;
    let totals = runner::run(
        cargo()
            .args(["nextest", "run", "--workspace", "--no-fail-fast"])
            .env("LINECARD_TEST_POSTGRES", &postgres.url)
            .env("LINECARD_TEST_MARIADB", &mariadb.url)
            .env("LINECARD_TEST_BIN", places::program("linecard")?)
            .env("LINECARD_TEST_XTASK", places::program("xtask")?),
        runner::nextest_totals,
    )?;
    postgres.release()?;
    mariadb.release()?;
    Ok(totals)
}

/// A database that is gone when we are, however we end: it watches its standard input.
pub(crate) struct Held {
    process: Child,
    /// Connects as a user who may do everything.
    pub(crate) url: String,
}

/// What `up --json` tells of it.
#[derive(Deserialize)]
struct Facts {
    url: String,
}

impl Held {
    pub(crate) fn postgres() -> Result<Self> {
        Self::up("postgres")
    }

    pub(crate) fn mariadb() -> Result<Self> {
        Self::up("mariadb")
    }

    fn up(database: &str) -> Result<Self> {
        let mut process = Command::new(places::program("xtask")?)
            .args([database, "up", "--json", "--hold", "--instance"])
            .arg(format!("test-{}", std::process::id()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // A Ctrl-C ends us, and the closed input then ends it in good order.
            .process_group(0)
            .spawn()?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        if line.is_empty() {
            process.wait()?;
            bail!("{database} did not come up");
        }
        let facts: Facts = serde_json::from_str(&line)?;
        Ok(Self {
            process,
            url: facts.url,
        })
    }

    pub(crate) fn release(mut self) -> Result<()> {
        drop(self.process.stdin.take());
        if !self.process.wait()?.success() {
            bail!("a database did not stop");
        }
        Ok(())
    }
}
