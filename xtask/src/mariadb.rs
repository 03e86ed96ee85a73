//! A throw-away MariaDB on loopback, for reading call records as FreePBX keeps them.
//!
//! Only the server's programs are installed, no service of its own runs on this machine.

use std::fs;
use std::io::Read as _;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use serde::{Deserialize, Serialize};

use crate::instance::{self, Instance, LOOK_AGAIN, MARK};
use crate::{command, places};

const START: Duration = Duration::from_mins(1);
const STOP: Duration = Duration::from_secs(20);
const SERVER: &str = "/usr/sbin/mariadbd";

/// What can be done with a MariaDB.
#[derive(Subcommand)]
pub(crate) enum Task {
    /// Brings one up, or tells about the one of that name that is up already.
    Up {
        /// Several can be up at once under different names.
        #[arg(long, default_value = "default")]
        instance: String,
        /// Prints one line of JSON.
        #[arg(long)]
        json: bool,
        /// Stays until standard input is closed, then takes it down.
        #[arg(long)]
        hold: bool,
    },
    /// Takes one down and deletes its data.
    Down {
        /// The name it was brought up under.
        #[arg(long, default_value = "default")]
        instance: String,
    },
}

/// What one needs to know of a running MariaDB.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Facts {
    /// The name it was brought up under.
    pub(crate) instance: String,
    /// Connects as a user who may do everything.
    pub(crate) url: String,
    /// Its data and log.
    pub(crate) directory: PathBuf,
    /// Its process.
    pub(crate) pid: u32,
}

/// Carries out `task`.
pub(crate) fn run(task: Task) -> Result<()> {
    match task {
        Task::Up {
            instance,
            json,
            hold,
        } => {
            let instance = Instance::new("mariadb", &instance)?;
            let facts = up(&instance)?;
            if json {
                println!("{}", serde_json::to_string(&facts)?);
            } else {
                println!("MariaDB is up. For the tests:");
                println!("  export LINECARD_TEST_MARIADB={}", facts.url);
                println!(
                    "Take it down with: cargo xtask mariadb down --instance {}",
                    facts.instance
                );
            }
            if hold {
                instance::wait_for_end_of_input()?;
                down(&instance)?;
            }
            Ok(())
        }
        Task::Down { instance } => {
            let instance = Instance::new("mariadb", &instance)?;
            if down(&instance)? {
                eprintln!("MariaDB {} is down", instance.name());
            } else {
                eprintln!("No MariaDB {} was up", instance.name());
            }
            Ok(())
        }
    }
}

/// Brings `instance` up, or gives the facts of the one that is up already.
fn up(instance: &Instance) -> Result<Facts> {
    if let Some(facts) = instance.recall::<Facts>()? {
        if instance.is_alive(facts.pid) {
            return Ok(facts);
        }
        // Its process has ended by itself: only the data is left.
        instance.forget()?;
    }
    if !Path::new(SERVER).is_file() {
        bail!("MariaDB is not installed: scripts/prepare installs it");
    }
    let directory = instance.folder()?;
    let data = directory.join("data");
    fs::create_dir_all(&data).with_context(|| format!("cannot make {}", data.display()))?;
    eprintln!("Starting MariaDB ...");
    command::output(
        Command::new("mariadb-install-db")
            .args(["--no-defaults", "--skip-test-db"])
            .arg("--auth-root-authentication-method=normal")
            .args(user()?)
            .arg(format!("--datadir={}", data.display())),
    )?;
    let port = free_port()?;
    let log = fs::File::create(directory.join("console.log")).context("cannot make the log")?;
    let mut process = Command::new(SERVER)
        .args(["--no-defaults", "--bind-address=127.0.0.1"])
        .args(user()?)
        .arg(format!("--port={port}"))
        .arg(format!("--datadir={}", data.display()))
        .arg(format!("--socket={}", directory.join("socket").display()))
        .arg(format!("--pid-file={}", directory.join("pid").display()))
        .env(MARK, instance.mark())
        .current_dir(&directory)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        // A Ctrl-C in our terminal is not for MariaDB.
        .process_group(0)
        .spawn()
        .context("cannot start MariaDB")?;
    let facts = Facts {
        instance: instance.name().to_owned(),
        url: format!("mysql://root@127.0.0.1:{port}/mysql"),
        directory,
        pid: process.id(),
    };
    instance.remember(&facts)?;
    wait_until_ready(&mut process, &facts, port)?;
    Ok(facts)
}

/// As root it wants to be told that this is meant.
fn user() -> Result<&'static [&'static str]> {
    Ok(if places::is_root()? {
        &["--user=root"]
    } else {
        &[]
    })
}

fn wait_until_ready(process: &mut Child, facts: &Facts, port: u16) -> Result<()> {
    let deadline = Instant::now() + START;
    while !greets(port) {
        if Instant::now() > deadline || process.try_wait()?.is_some() {
            let log = fs::read_to_string(facts.directory.join("console.log"))?;
            bail!("MariaDB did not start. What it said:\n{log}");
        }
        thread::sleep(LOOK_AGAIN);
    }
    Ok(())
}

/// The server speaks first.
fn greets(port: u16) -> bool {
    let Ok(mut socket) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else {
        return false;
    };
    let waits = socket.set_read_timeout(Some(Duration::from_secs(5)));
    waits.is_ok() && socket.read_exact(&mut [0; 5]).is_ok()
}

/// Takes `instance` down; `false` when none was up.
fn down(instance: &Instance) -> Result<bool> {
    let Some(facts) = instance.recall::<Facts>()? else {
        return Ok(false);
    };
    let was_up = instance.is_alive(facts.pid);
    instance.stop(facts.pid, "TERM", STOP)?;
    instance.forget()?;
    Ok(was_up)
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?;
    Ok(listener.local_addr()?.port())
}
