//! A real Asterisk for developers and tests, on loopback, as many at once as one likes.
//!
//! `tree` gets Asterisk's files from Debian once, `ports` finds free ports, `config` writes the
//! phone system, `server` starts and stops the process, `ami` asks it whether it is ready.

mod ami;
mod config;
mod ports;
mod server;
mod tree;

use anyhow::{Context, Result, bail};
use clap::Subcommand;

use crate::instance::{self, Instance};
use config::{People, Softphones};
pub(crate) use server::Facts;
pub(crate) use tree::Suite;

/// What can be done with an Asterisk.
#[derive(Subcommand)]
pub(crate) enum Task {
    /// Brings one up, or tells about the one of that name that is up already.
    Up {
        /// Several can be up at once under different names.
        #[arg(long, default_value = "default")]
        instance: String,
        /// Debian's suite to take Asterisk from; without it sid (22), else bullseye (16).
        #[arg(long)]
        suite: Option<Suite>,
        /// Prints one line of JSON.
        #[arg(long)]
        json: bool,
        /// Stays until standard input is closed, then takes it down.
        #[arg(long)]
        hold: bool,
        /// How many extensions there are in all, up to 101. Those beyond the eight of
        /// docs/developing.md are desk phones from 107 on that nobody has plugged in.
        #[arg(long, default_value_t = config::EXTENSIONS,
              value_parser = clap::value_parser!(u16).range(8..=101))]
        extensions: u16,
        /// Gives desk phones a softphone beside them; `=scripted` only 102 one, for scripts.
        #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "browser")]
        softphones: Option<Softphones>,
    },
    /// Kills one as a crash would, and starts it anew.
    Restart {
        /// The name it was brought up under.
        #[arg(long, default_value = "default")]
        instance: String,
    },
    /// Takes one down.
    Down {
        /// The name it was brought up under.
        #[arg(long, default_value = "default")]
        instance: String,
    },
    /// Only gets Asterisk's files, so that a later `up` is quick.
    Fetch,
}

/// Carries out `task`.
pub(crate) fn run(task: Task) -> Result<()> {
    match task {
        Task::Up {
            instance,
            suite,
            json,
            hold,
            extensions,
            softphones,
        } => {
            let instance = Instance::new("asterisk", &instance)?;
            let facts = server::up(
                &instance,
                suite,
                People {
                    extensions,
                    softphones,
                },
            )?;
            if json {
                println!("{}", serde_json::to_string(&facts)?);
            } else {
                println!("{facts}");
            }
            if hold {
                instance::wait_for_end_of_input()?;
                server::down(&instance)?;
            }
            Ok(())
        }
        Task::Restart { instance } => {
            let instance = Instance::new("asterisk", &instance)?;
            println!("{}", server::restart(&instance)?);
            Ok(())
        }
        Task::Down { instance } => {
            let instance = Instance::new("asterisk", &instance)?;
            if server::down(&instance)? {
                eprintln!("Asterisk {} is down", instance.name());
            } else {
                eprintln!("No Asterisk {} was up", instance.name());
            }
            Ok(())
        }
        Task::Fetch => fetch(None),
    }
}

/// Gets the files of a suite's Asterisk into the cache, of the best that can be had unless said.
pub(crate) fn fetch(suite: Option<Suite>) -> Result<()> {
    tree::ready(suite).map(drop)
}

/// The facts of the running instance `name`.
pub(crate) fn facts(name: &str) -> Result<Facts> {
    let instance = Instance::new("asterisk", name)?;
    let facts: Facts = instance.recall()?.with_context(|| {
        format!("no Asterisk {name} is up: cargo xtask asterisk up --instance {name}")
    })?;
    if !instance.is_alive(facts.pid) {
        bail!(
            "Asterisk {name} has ended: its log is in {}/log",
            facts.directory.display()
        );
    }
    Ok(facts)
}
