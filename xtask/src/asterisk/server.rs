//! Starts and stops one Asterisk.

use std::fmt;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::ports::{DEVICES, Ports};
use super::tree::{Suite, Tree};
use super::{ami, config, tree};
use crate::instance::{Instance, LOOK_AGAIN, MARK};
use crate::places;

const AMI_USERNAME: &str = "linecard";

/// A cold start takes about a second; a busy machine gets more.
const START: Duration = Duration::from_mins(1);

/// On SIGTERM Asterisk hangs up what is left and waits for it.
const STOP: Duration = Duration::from_secs(15);

/// Enters the tree with the instance's folder as `/mnt`. Runs in a mount namespace of its own.
const ENTER: &str = r#"set -e
mount --rbind /dev "$1/dev"
mount --rbind /proc "$1/proc"
mount --bind "$2" "$1/mnt"
exec chroot "$1" /usr/sbin/asterisk -f -C /mnt/etc/asterisk.conf"#;

/// What one needs to know of a running Asterisk.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Facts {
    /// The name it was brought up under.
    pub(crate) instance: String,
    /// Asterisk's own version, such as `22.10.1`.
    pub(crate) version: String,
    /// Debian's suite it came from.
    pub(crate) suite: Suite,
    /// Its folder: `etc`, `log`, and what SIPp wrote.
    pub(crate) directory: PathBuf,
    /// Its process.
    pub(crate) pid: u32,
    /// Where it listens: always loopback.
    pub(crate) host: String,
    /// TCP.
    pub(crate) ami_port: u16,
    /// The AMI user's name.
    pub(crate) ami_username: String,
    /// The AMI user's secret.
    pub(crate) ami_secret: String,
    /// SIP over UDP.
    pub(crate) sip_port: u16,
    /// HTTP; SIP over WebSocket is at `/ws`.
    pub(crate) http_port: u16,
    /// The password of the browser phones 201 and 202, and of the softphones.
    pub(crate) browser_secret: String,
    /// Where the outside world is to listen for calls out, UDP.
    pub(crate) trunk_port: u16,
    /// Where the desk phones are to listen, UDP.
    pub(crate) phone_ports: std::collections::BTreeMap<String, u16>,
    /// First and last port of its audio, UDP.
    pub(crate) rtp_ports: (u16, u16),
}

impl fmt::Display for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, .. } = self;
        writeln!(f, "Asterisk {} ({}) is up", self.version, self.suite)?;
        writeln!(
            f,
            "  AMI      {host}:{}, user {}, secret {}",
            self.ami_port, self.ami_username, self.ami_secret
        )?;
        writeln!(f, "  SIP      {host}:{} (UDP)", self.sip_port)?;
        writeln!(
            f,
            "  browsers ws://{host}:{}/ws, 201 and 202, password {}",
            self.http_port, self.browser_secret
        )?;
        writeln!(f, "  logs     {}/log", self.directory.display())?;
        write!(
            f,
            "Take it down with: cargo xtask asterisk down --instance {}",
            self.instance
        )
    }
}

/// Brings `instance` up for these people, or gives the facts of the one that is up already.
pub(super) fn up(
    instance: &Instance,
    suite: Option<Suite>,
    people: config::People,
) -> Result<Facts> {
    if let Some(facts) = instance.recall::<Facts>()?
        && instance.is_alive(facts.pid)
    {
        return Ok(facts);
    }
    let tree = tree::ready(suite)?;
    instance.forget()?;
    let folder = instance.folder()?;
    let (ports, claim) = Ports::claim()?;
    let (ami_secret, browser_secret) = (secret()?, secret()?);
    config::write(
        &folder,
        &config::Values {
            system_name: instance.name(),
            modules: &tree.modules()?,
            ports,
            ami_secret: &ami_secret,
            browser_secret: &browser_secret,
            people,
        },
    )?;
    eprintln!("Starting Asterisk from Debian {} ...", tree.suite);
    let mut process = start(instance, &tree, &folder, claim)?;
    let version = match wait_until_ready(&mut process, ports, &ami_secret) {
        Ok(version) => version,
        Err(error) => {
            instance.stop(process.id(), "TERM", STOP)?;
            return Err(error.context(last_words(&folder)));
        }
    };
    let facts = Facts {
        instance: instance.name().to_owned(),
        version,
        suite: tree.suite,
        directory: folder,
        pid: process.id(),
        host: "127.0.0.1".to_owned(),
        ami_port: ports.ami(),
        ami_username: AMI_USERNAME.to_owned(),
        ami_secret,
        sip_port: ports.sip(),
        http_port: ports.http(),
        browser_secret,
        trunk_port: ports.trunk(),
        phone_ports: DEVICES
            .iter()
            .filter_map(|&device| Some((device.to_owned(), ports.phone(device)?)))
            .collect(),
        rtp_ports: ports.rtp(),
    };
    instance.remember(&facts)?;
    Ok(facts)
}

/// Kills the Asterisk of `instance` as a crash would, and starts it anew: the same ports, secrets
/// and files.
pub(super) fn restart(instance: &Instance) -> Result<Facts> {
    let mut facts: Facts = instance
        .recall()?
        .with_context(|| format!("no Asterisk {} is up", instance.name()))?;
    instance.stop(facts.pid, "KILL", STOP)?;
    let tree = tree::ready(Some(facts.suite))?;
    let (ports, claim) = Ports::claim_again(facts.ami_port)?;
    let mut process = start(instance, &tree, &facts.directory, claim)?;
    facts.version = wait_until_ready(&mut process, ports, &facts.ami_secret)
        .map_err(|error| error.context(last_words(&facts.directory)))?;
    facts.pid = process.id();
    instance.remember(&facts)?;
    Ok(facts)
}

/// Takes `instance` down; `false` when none was up.
pub(super) fn down(instance: &Instance) -> Result<bool> {
    let Some(facts) = instance.recall::<Facts>()? else {
        return Ok(false);
    };
    let was_up = instance.is_alive(facts.pid);
    instance.stop(facts.pid, "TERM", STOP)?;
    instance.forget()?;
    Ok(was_up)
}

fn start(instance: &Instance, tree: &Tree, folder: &Path, claim: File) -> Result<Child> {
    let console = File::create(folder.join("log/console.log"))
        .context("cannot make Asterisk's console log")?;
    let mut command = Command::new("unshare");
    if !places::is_root()? {
        // Root inside a user namespace may enter the tree; no right on the machine comes with it.
        command.arg("--map-root-user");
    }
    command
        .args(["--mount", "--", "sh", "-c", ENTER, "sh"])
        .args([&tree.root, folder])
        .env(MARK, instance.mark())
        .stdin(Stdio::from(claim))
        .stdout(console.try_clone()?)
        .stderr(console)
        // A Ctrl-C in our terminal is not for Asterisk.
        .process_group(0);
    command.spawn().context("cannot start unshare (util-linux)")
}

fn wait_until_ready(process: &mut Child, ports: Ports, ami_secret: &str) -> Result<String> {
    let deadline = Instant::now() + START;
    loop {
        if let Some(status) = process.try_wait()? {
            bail!("Asterisk ended while it started: {status}");
        }
        match ami::version_when_booted(ports.ami(), AMI_USERNAME, ami_secret) {
            Ok(version) => return Ok(version),
            Err(error) if Instant::now() > deadline => return Err(error),
            Err(_) => thread::sleep(LOOK_AGAIN),
        }
    }
}

/// The end of what Asterisk wrote on its console: the folder is deleted by the next `up`.
fn last_words(folder: &Path) -> String {
    let console = fs::read(folder.join("log/console.log")).unwrap_or_default();
    let text = String::from_utf8_lossy(&console);
    let lines: Vec<&str> = text.lines().collect();
    let end = lines[lines.len().saturating_sub(15)..].join("\n");
    format!("Asterisk did not start. Its last words:\n{end}")
}

/// 128 bits from the machine: other users of this machine can reach loopback too.
fn secret() -> Result<String> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .context("cannot read /dev/urandom")?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}
