//! The `linecard` command. The only place that names every connector and database.

mod agi;
mod authority;
mod backup;
mod companion;
mod config;
mod demo;
mod doctor;
mod ice;
mod language;
mod log;
mod parts;
mod passphrase;
mod replay;
mod restore;
mod sandbox;
mod serve;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

/// Most of what comes is handed from one thread to another, and freed there. The C library's
/// allocator keeps them waiting for each other: an import took a fifth more of the CPU.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Joins a business phone system to CRMs.
#[derive(Debug, Parser)]
#[command(
    name = "linecard",
    version,
    about = "Joins a business phone system to CRMs"
)]
struct Command {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Run the server
    Serve {
        /// The configuration file; see `linecard config` for every key
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Run the server with a simulated phone system and stand-in CRMs, ready to try
    Demo(demo::DemoArguments),
    /// Tell the calls in recorded AMI events
    Replay(replay::ReplayArguments),
    /// Run a stand-in CRM
    Sandbox(sandbox::SandboxArguments),
    /// Say what is wrong with the way to a phone system
    #[command(subcommand)]
    Doctor(doctor::Patient),
    /// Open the callers' pages in your browser where no page of Linecard is open
    Companion(companion::CompanionArguments),
    /// Print the certificate of the company's own authority, for machines that shall trust it
    Authority {
        /// The configuration file
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Write everything in the store into one encrypted file
    Backup(backup::BackupArguments),
    /// Fill an empty store from a backup
    Restore(restore::RestoreArguments),
    /// Print the default configuration with its explanations
    Config,
}

fn main() -> ExitCode {
    // Two crypto providers in one program make rustls panic at run time; this one is meant.
    if rustls::crypto::ring::default_provider()
        .install_default()
        .is_err()
    {
        eprint("another TLS provider was installed first");
        return ExitCode::FAILURE;
    }
    match run(Command::parse().task) {
        Ok(code) => code,
        Err(error) => {
            eprint(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> anyhow::Result<ExitCode> {
    match task {
        Task::Serve { config } => block_on(success(serve::serve(config.as_deref()))),
        Task::Demo(arguments) => block_on(success(demo::demo(arguments))),
        Task::Doctor(patient) => block_on(doctor::doctor(patient)),
        Task::Replay(arguments) => replay::replay(&arguments),
        Task::Sandbox(arguments) => block_on(success(sandbox::sandbox(arguments))),
        Task::Companion(arguments) => block_on(companion::companion(arguments)),
        Task::Authority { config } => block_on(success(authority::authority(config.as_deref()))),
        Task::Backup(arguments) => block_on(success(backup::backup(arguments))),
        Task::Restore(arguments) => block_on(success(restore::restore(arguments))),
        Task::Config => {
            print(config::DEFAULT);
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn block_on(task: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(task)
}

/// For what either fails or has nothing to say by its exit code.
async fn success(task: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<ExitCode> {
    task.await.map(|()| ExitCode::SUCCESS)
}

#[expect(
    clippy::print_stderr,
    reason = "a command tells its failure on standard error"
)]
fn eprint(words: &str) {
    eprintln!("linecard: {words}");
}

#[expect(
    clippy::print_stdout,
    reason = "a command gives its answer on standard output"
)]
fn print(words: &str) {
    println!("{words}");
}
