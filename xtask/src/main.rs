//! Work on Linecard: `cargo xtask help` lists what it can do.
//!
//! Progress goes to standard error, results to standard output, so that `--json` can be piped.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command for people: it talks to the terminal"
)]

mod asterisk;
mod audit;
mod bench;
mod check;
mod command;
mod e2e;
mod fuzz;
mod instance;
mod mariadb;
mod parity;
mod places;
mod postgres;
mod sipp;
mod test;
mod web;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Work on Linecard.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Holds the house rules: which room uses which, file length, a reason for each dependency.
    Check,
    /// Known vulnerabilities, licences and unused dependencies (cargo-deny, cargo-machete).
    Audit,
    /// Everything, as CI runs it; the last line says "N passed, N failed".
    Test,
    /// What a person would see or do, from end to end: pages in a browser (alone), or calls.
    E2e {
        #[command(subcommand)]
        task: Option<e2e::Task>,
    },
    /// Builds the web pages that the server embeds.
    Web,
    /// Writes docs/parity.md: what Linecard does, and which tests show it.
    Parity,
    /// The figures of docs/performance.md.
    Bench(bench::Arguments),
    /// Hostile bytes for the wire and the tracker, ever more of them (fuzz/).
    Fuzz(fuzz::Arguments),
    /// A real Asterisk on loopback, with phones, a trunk, queues and a dial plan.
    #[command(subcommand)]
    Asterisk(asterisk::Task),
    /// Plays a phone or the outside world with SIPp.
    Sipp(sipp::Role),
    /// A throw-away PostgreSQL on loopback.
    #[command(subcommand)]
    Postgres(postgres::Task),
    /// A throw-away MariaDB on loopback.
    #[command(subcommand)]
    Mariadb(mariadb::Task),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Check => check::run(),
        Task::Audit => audit::run(),
        Task::Test => return test::run(),
        Task::E2e { task } => e2e::run(&task.unwrap_or(e2e::Task::Browser)),
        Task::Web => web::build(),
        Task::Parity => check::sources().and_then(|sources| parity::write(&sources)),
        Task::Bench(arguments) => bench::run(&arguments),
        Task::Fuzz(arguments) => fuzz::run(&arguments),
        Task::Asterisk(task) => asterisk::run(task),
        Task::Sipp(role) => sipp::run(&role),
        Task::Postgres(task) => postgres::run(task),
        Task::Mariadb(task) => mariadb::run(task),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
