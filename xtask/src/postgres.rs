//! A throw-away PostgreSQL on loopback for the tests of `crates/store`.
//!
//! It is Debian's own package, in a folder of its own, with the durability of a real one
//! (fsync on): figures taken with it count.

use std::ffi::OsStr;
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
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

/// What can be done with a PostgreSQL.
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

/// What one needs to know of a running PostgreSQL.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Facts {
    /// The name it was brought up under.
    pub(crate) instance: String,
    /// Connects as superuser.
    pub(crate) url: String,
    /// Its version, such as `15`.
    pub(crate) version: String,
    /// Its data, socket and log.
    pub(crate) directory: PathBuf,
    /// Its first process.
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
            let instance = Instance::new("postgres", &instance)?;
            let facts = up(&instance)?;
            if json {
                println!("{}", serde_json::to_string(&facts)?);
            } else {
                println!("PostgreSQL {} is up. For the tests:", facts.version);
                println!("  export LINECARD_TEST_POSTGRES={}", facts.url);
                println!(
                    "Take it down with: cargo xtask postgres down --instance {}",
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
            let instance = Instance::new("postgres", &instance)?;
            if down(&instance)? {
                eprintln!("PostgreSQL {} is down", instance.name());
            } else {
                eprintln!("No PostgreSQL {} was up", instance.name());
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
        clear(instance, &facts)?;
    }
    let (version, binaries) = binaries()?;
    let folder = instance.folder()?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let directory = data_folder(instance)?;
    eprintln!("Starting PostgreSQL {version} ...");
    command::output(
        as_postgres(&binaries.join("initdb"))?
            .args(["--auth=trust", "--username=postgres", "--encoding=UTF8"])
            .args(["--locale=C.UTF-8", "--pgdata"])
            .arg(directory.join("data"))
            .current_dir(&directory),
    )?;
    let port = free_port()?;
    let log = folder.join("console.log");
    let console = fs::File::create(&log).context("cannot make the log")?;
    let mut process = as_postgres(&binaries.join("postgres"))?
        .arg("-D")
        .arg(directory.join("data"))
        .arg("-k")
        .arg(&directory)
        .args(["-h", "127.0.0.1", "-p", &port.to_string()])
        .args(["-c", "fsync=on", "-c", "max_connections=200"])
        .env(MARK, instance.mark())
        .current_dir(&directory)
        .stdin(Stdio::null())
        .stdout(console.try_clone()?)
        .stderr(console)
        // A Ctrl-C in our terminal is not for PostgreSQL.
        .process_group(0)
        .spawn()
        .context("cannot start PostgreSQL")?;
    let facts = Facts {
        instance: instance.name().to_owned(),
        url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
        version,
        directory,
        pid: process.id(),
    };
    instance.remember(&facts)?;
    wait_until_ready(&mut process, &log, &binaries, port)?;
    Ok(facts)
}

fn wait_until_ready(process: &mut Child, log: &Path, binaries: &Path, port: u16) -> Result<()> {
    let deadline = Instant::now() + START;
    let mut ready = Command::new(binaries.join("pg_isready"));
    ready.args(["--quiet", "--host=127.0.0.1", "--port", &port.to_string()]);
    while !ready.status().context("cannot start pg_isready")?.success() {
        if Instant::now() > deadline || process.try_wait()?.is_some() {
            let log = fs::read_to_string(log)?;
            bail!("PostgreSQL did not start. What it said:\n{log}");
        }
        thread::sleep(LOOK_AGAIN);
    }
    Ok(())
}

/// Takes `instance` down; `false` when none was up.
fn down(instance: &Instance) -> Result<bool> {
    let Some(facts) = instance.recall::<Facts>()? else {
        return Ok(false);
    };
    let was_up = instance.is_alive(facts.pid);
    // Its fast shutdown: sessions are ended, not waited for.
    instance.stop(facts.pid, "INT", STOP)?;
    clear(instance, &facts)?;
    Ok(was_up)
}

fn clear(instance: &Instance, facts: &Facts) -> Result<()> {
    fs::remove_dir_all(&facts.directory)
        .or_else(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        })
        .with_context(|| format!("cannot delete {}", facts.directory.display()))?;
    instance.forget()
}

/// An empty folder that the database's user may write: root's own cache is closed to it.
fn data_folder(instance: &Instance) -> Result<PathBuf> {
    let pattern = format!("linecard-{}-XXXXXXXX", instance.mark());
    let made = command::output(Command::new("mktemp").args(["--directory", "--tmpdir", &pattern]))?;
    let folder = PathBuf::from(made.trim_end());
    if places::is_root()? {
        command::output(Command::new("chown").arg("postgres:").arg(&folder))?;
    }
    Ok(folder)
}

/// PostgreSQL refuses to run as root.
fn as_postgres(program: &Path) -> Result<Command> {
    if !places::is_root()? {
        return Ok(Command::new(program));
    }
    // setpriv becomes the program, so that its process is the one we know.
    let mut command = Command::new("setpriv");
    command
        .args([
            "--reuid=postgres",
            "--regid=postgres",
            "--init-groups",
            "--",
        ])
        .arg(program);
    Ok(command)
}

/// The newest installed PostgreSQL: its version and the folder of its programs.
fn binaries() -> Result<(String, PathBuf)> {
    let root = Path::new("/usr/lib/postgresql");
    let newest = fs::read_dir(root)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().join("bin/initdb").is_file())
        .filter_map(|entry| version(&entry.file_name()))
        .max()
        .context("PostgreSQL is not installed: scripts/prepare installs it")?;
    Ok((
        newest.to_string(),
        root.join(newest.to_string()).join("bin"),
    ))
}

fn version(folder: &OsStr) -> Option<u32> {
    folder.to_str()?.parse().ok()
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?;
    Ok(listener.local_addr()?.port())
}
