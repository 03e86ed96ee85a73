//! A real Asterisk of one's own: `Asterisk::up()`, gone when it is dropped.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::ami::Ami;
use crate::phone::Phone;
use crate::program::xtask;
use crate::sipp::{Player, Role};

/// What `cargo xtask asterisk up --json` tells.
#[derive(Debug, Clone, Deserialize)]
pub struct Facts {
    /// The name it runs under.
    pub instance: String,
    /// Asterisk's version, such as `22.10.1`.
    pub version: String,
    /// Its folder: `etc`, `log`, `sipp`.
    pub directory: PathBuf,
    /// Its process.
    pub pid: u32,
    /// Always loopback.
    pub host: String,
    /// The manager interface, TCP.
    pub ami_port: u16,
    /// The AMI user's name.
    pub ami_username: String,
    /// The AMI user's secret.
    pub ami_secret: String,
    /// SIP over UDP.
    pub sip_port: u16,
    /// SIP over WebSocket at `/ws`.
    pub http_port: u16,
    /// The password of the browser phones 201 and 202.
    pub browser_secret: String,
    /// Where calls out arrive, UDP.
    pub trunk_port: u16,
    /// Where each phone that scripts play listens, UDP.
    pub phone_ports: BTreeMap<String, u16>,
}

/// A running Asterisk with the phone system that `docs/developing.md` describes.
#[derive(Debug)]
pub struct Asterisk {
    /// Ports and secrets.
    pub facts: Facts,
    /// Takes Asterisk down when its standard input closes: when we drop it, or die.
    holder: Child,
}

impl Asterisk {
    /// Brings one up, with ports, folders and a name that no other has.
    pub fn up() -> Result<Self> {
        Self::with(&[])
    }

    /// The same of one of Debian's suites, `sid` with 22 or `bullseye` with 16, and with the
    /// softphone `102-web`.
    pub fn with_a_softphone(suite: Option<&str>) -> Result<Self> {
        let suite = suite.map(|suite| ["--suite", suite]);
        let suite = suite.iter().flatten().copied();
        Self::with(&suite.chain(["--softphones=scripted"]).collect::<Vec<_>>())
    }

    fn with(options: &[&str]) -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tests-{}-{count}", std::process::id());
        let mut holder = xtask(&["asterisk", "up", "--json", "--hold", "--instance", &name])
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // The end of the test's process group must not be the end of its tidying up.
            .process_group(0)
            .spawn()
            .context("cannot start cargo xtask")?;
        let mut line = String::new();
        if let Some(output) = holder.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        if line.is_empty() {
            let status = holder.wait()?;
            bail!("no Asterisk: cargo xtask asterisk up ended with {status}; it said why above");
        }
        let facts = serde_json::from_str(&line).context("cargo xtask told something else")?;
        Ok(Self { facts, holder })
    }

    /// Crashes and starts anew, at the same ports with the same secrets and files.
    pub fn crashes_and_starts_again(&self) -> Result<()> {
        let status = xtask(&["asterisk", "restart", "--instance", &self.facts.instance])
            .stdout(Stdio::null())
            .status()
            .context("cannot start cargo xtask")?;
        if !status.success() {
            bail!("cargo xtask asterisk restart ended with {status}");
        }
        Ok(())
    }

    /// An AMI connection of its own, logged in: an oracle apart from Linecard's connector.
    pub fn ami(&self) -> Result<Ami> {
        Ami::log_in(&self.facts, &self.facts.ami_username)
    }

    /// A scripted phone: `101` to `105`, `105b`, `102-web`, or `trunk` for the outside.
    pub fn phone(&self, who: &str) -> Result<Phone> {
        let port = match self.facts.phone_ports.get(who) {
            Some(&port) => port,
            None if who == "trunk" => self.facts.trunk_port,
            None => bail!("nobody is called {who}: say trunk, or 101 to 105, or 105b, or 102-web"),
        };
        Phone::open(who, port, self.facts.sip_port)
    }

    /// Starts a phone or an outside party; one that is called is listening when this returns.
    pub fn play(&self, role: &Role) -> Result<Player> {
        Player::start(&self.facts, role)
    }
}

impl Drop for Asterisk {
    #[expect(
        clippy::print_stderr,
        reason = "a failing test shows what Asterisk saw before its log is deleted"
    )]
    fn drop(&mut self) {
        if thread::panicking() {
            let log = fs::read(self.facts.directory.join("log/full.log")).unwrap_or_default();
            let text = String::from_utf8_lossy(&log);
            let lines: Vec<&str> = text.lines().collect();
            let end = lines[lines.len().saturating_sub(40)..].join("\n");
            eprintln!("The end of Asterisk's log:\n{end}");
        }
        drop(self.holder.stdin.take());
        // Nobody is left to tell: the next `up` does not need what could not be removed.
        let _ = self.holder.wait();
    }
}
