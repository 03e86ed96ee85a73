//! Measures Linecard: one command for each bench, which writes one line of JSON.
//!
//! What is measured runs as it does in the field: the real link on a real socket, the real
//! `linecard` process, a real database file. Whatever plays the outside world is another
//! process, or at least not part of what is counted. `cargo xtask bench` builds and runs all of
//! it; `docs/performance.md` tells what the figures mean.

mod bad_days;
mod book;
mod calls;
mod card;
mod company;
mod cpu;
mod desk;
mod desks;
mod dice;
mod endurance;
mod exchange;
mod feed;
mod feeder;
mod figures;
mod follow;
mod ids;
mod import;
mod journal;
mod mix;
mod phone_system;
mod phones;
mod recordings;
mod route;
mod script;
mod serve;
mod start;
mod tracker;

use std::path::PathBuf;

use anyhow::ensure;
use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

/// As in the program that is measured.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[derive(Debug, Parser)]
#[command(about = "Measures Linecard")]
struct Command {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// AMI events per CPU-second
    Tracker(tracker::Arguments),
    /// Plays Asterisk for `tracker`
    Feed(feeder::Arguments),
    /// From the phone system's event to the card
    Card {
        /// The release build of `linecard`
        #[arg(long)]
        linecard: PathBuf,
    },
    /// A thousand agents at their Desks, and ten thousand Desks
    Desk {
        /// The release build of `linecard`
        #[arg(long)]
        linecard: PathBuf,
    },
    /// Ended calls accepted, and written into a CRM
    Journal {
        /// The address of an empty PostgreSQL database, to be measured too
        #[arg(long)]
        postgres: Option<String>,
    },
    /// Who calls, over ten million numbers
    Book(book::Arguments),
    /// Pages and charts of a million calls
    Calls(calls::Arguments),
    /// A million contacts out of a file, backed up and restored
    Import(import::Arguments),
    /// CRMs that fail in every way, and a Linecard that is killed again and again
    BadDays(bad_days::Arguments),
    /// Ten minutes of calls on a real Asterisk
    Endurance(endurance::Arguments),
    /// How soon a dial plan is told whose caller it is
    Route {
        /// The release build of `linecard`
        #[arg(long)]
        linecard: PathBuf,
    },
    /// Start and idle memory
    Start {
        /// The release build of `linecard`
        #[arg(long)]
        linecard: PathBuf,
    },
}

fn main() -> anyhow::Result<()> {
    // Two crypto providers in one program make rustls panic at run time; this one is meant.
    let installed = rustls::crypto::ring::default_provider().install_default();
    ensure!(
        installed.is_ok(),
        "another TLS provider was installed first"
    );
    let runtime = || {
        tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
    };
    let bench = match Command::parse().task {
        Task::Feed(arguments) => return feeder::feed(&arguments),
        Task::Tracker(arguments) => tracker::measure(&arguments)?,
        Task::Card { linecard } => runtime()?.block_on(card::measure(&linecard))?,
        Task::Desk { linecard } => runtime()?.block_on(desk::measure(&linecard))?,
        Task::Journal { postgres } => runtime()?.block_on(journal::measure(postgres.as_deref()))?,
        Task::Book(arguments) => runtime()?.block_on(book::measure(&arguments))?,
        Task::Calls(arguments) => runtime()?.block_on(calls::measure(&arguments))?,
        Task::Import(arguments) => runtime()?.block_on(import::measure(&arguments))?,
        Task::BadDays(arguments) => runtime()?.block_on(bad_days::measure(&arguments))?,
        Task::Endurance(arguments) => runtime()?.block_on(endurance::measure(&arguments))?,
        Task::Route { linecard } => runtime()?.block_on(route::measure(&linecard))?,
        Task::Start { linecard } => start::measure(&linecard)?,
    };
    bench.tell()?;
    Ok(())
}
