//! Phones and the outside world, played by SIPp through `cargo xtask sipp`.
//!
//! ```no_run
//! # fn main() -> anyhow::Result<()> {
//! # let asterisk = linecard_tests::Asterisk::up()?;
//! use linecard_tests::Role;
//! let alice = asterisk.play(&Role::answers("101"))?;
//! let outside = asterisk.play(&Role::calls("trunk", "5551000").number("31600000001"))?;
//! outside.finish()?;
//! alice.finish()?;
//! # Ok(())
//! # }
//! ```

use std::fs::{self, File};
use std::net::{Ipv4Addr, UdpSocket};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::asterisk::Facts;
use crate::program::xtask;

/// How often a port or a process is looked at.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Generous: SIPp binds within milliseconds, a busy machine may take longer to start it.
const START: Duration = Duration::from_secs(30);

/// Who plays what.
#[derive(Debug, Clone)]
pub struct Role {
    behaviour: &'static str,
    who: String,
    options: Vec<String>,
    /// Seconds until SIPp gives up by itself.
    limit: u32,
}

impl Role {
    /// `who` (`trunk`, or a desk phone such as `101`) calls `to`, talks until the other side
    /// hangs up, and hangs up itself after [`Role::seconds`].
    #[must_use]
    pub fn calls(who: &str, to: &str) -> Self {
        Self::new("calls", who).option("--to", to)
    }

    /// `who` calls `to`, lets it ring for [`Role::seconds`] and gives up.
    #[must_use]
    pub fn gives_up(who: &str, to: &str) -> Self {
        Self::new("gives-up", who).option("--to", to)
    }

    /// `who` calls `to` and must hear that it is busy.
    #[must_use]
    pub fn is_refused(who: &str, to: &str) -> Self {
        Self::new("is-refused", who).option("--to", to)
    }

    /// `who` rings for one second and answers, talks until the other side hangs up, and hangs up
    /// itself after [`Role::seconds`].
    #[must_use]
    pub fn answers(who: &str) -> Self {
        // Long enough that the caller decides, unless the test says otherwise.
        Self::new("answers", who).seconds(60.0)
    }

    /// `who` rings until the caller gives up.
    #[must_use]
    pub fn rings(who: &str) -> Self {
        Self::new("rings", who)
    }

    /// `who` is busy.
    #[must_use]
    pub fn busy(who: &str) -> Self {
        Self::new("busy", who)
    }

    /// The number an outside caller shows; `anonymous` for one who withholds it.
    #[must_use]
    pub fn number(self, number: &str) -> Self {
        self.option("--number", number)
    }

    /// The name an outside caller shows.
    #[must_use]
    pub fn name(self, name: &str) -> Self {
        self.option("--name", name)
    }

    /// How long the call lasts, or the ringing of one who gives up.
    #[must_use]
    pub fn seconds(self, seconds: f64) -> Self {
        self.option("--seconds", &seconds.to_string())
    }

    /// How many calls to take part in.
    #[must_use]
    pub fn times(self, calls: u32) -> Self {
        self.option("--calls", &calls.to_string())
    }

    /// How many calls a caller begins in a second; 10 unless said.
    #[must_use]
    pub fn rate(self, per_second: u32) -> Self {
        self.option("--rate", &per_second.to_string())
    }

    /// After how many seconds it gives up, whatever happens; 120 unless said.
    #[must_use]
    pub fn limit(self, seconds: u32) -> Self {
        Self {
            limit: seconds,
            ..self
        }
    }

    fn new(behaviour: &'static str, who: &str) -> Self {
        Self {
            behaviour,
            who: who.to_owned(),
            options: Vec::new(),
            limit: 120,
        }
    }

    /// Sets `name`; the latest value counts.
    fn option(mut self, name: &str, value: &str) -> Self {
        if let Some(place) = self.options.iter().position(|option| option == name) {
            self.options.drain(place..place + 2);
        }
        self.options.extend([name.to_owned(), value.to_owned()]);
        self
    }

    /// Whether it waits for a call at a fixed address.
    fn is_called(&self) -> bool {
        matches!(self.behaviour, "answers" | "rings" | "busy")
    }
}

/// A running SIPp; ended when it is dropped.
#[derive(Debug)]
pub struct Player {
    process: Child,
    role: Role,
    log: PathBuf,
}

impl Player {
    pub(crate) fn start(facts: &Facts, role: &Role) -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let folder = facts.directory.join("sipp");
        fs::create_dir_all(&folder)?;
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let log = folder.join(format!("{count}-{}-{}.log", role.who, role.behaviour));
        let output =
            File::create(&log).with_context(|| format!("cannot make {}", log.display()))?;
        let process = xtask(&["sipp", role.behaviour, "--as", &role.who])
            .args(["--instance", &facts.instance])
            .args(["--limit", &role.limit.to_string()])
            .args(&role.options)
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()
            .context("cannot start cargo xtask")?;
        let mut player = Self {
            process,
            role: role.clone(),
            log,
        };
        if role.is_called() {
            player.wait_until_listening(facts)?;
        }
        Ok(player)
    }

    /// Waits for the end of its calls; an error with SIPp's own words when one went wrong.
    pub fn finish(mut self) -> Result<()> {
        // SIPp ends by itself at its limit; the rest is for a machine that is slow to notice.
        let deadline = Instant::now() + Duration::from_secs(u64::from(self.role.limit) + 30);
        while Instant::now() < deadline {
            if let Some(status) = self.process.try_wait()? {
                if status.success() {
                    return Ok(());
                }
                bail!("{} failed: {status}\n{}", self.title(), self.words());
            }
            thread::sleep(LOOK_AGAIN);
        }
        bail!("{} did not end\n{}", self.title(), self.words())
    }

    fn wait_until_listening(&mut self, facts: &Facts) -> Result<()> {
        let port = match facts.phone_ports.get(&self.role.who) {
            Some(&port) => port,
            None => facts.trunk_port,
        };
        let deadline = Instant::now() + START;
        // While we can have the port, SIPp does not have it.
        while UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            if self.process.try_wait()?.is_some() || Instant::now() > deadline {
                bail!("{} does not listen\n{}", self.title(), self.words());
            }
            thread::sleep(LOOK_AGAIN);
        }
        Ok(())
    }

    fn title(&self) -> String {
        format!("SIPp as {} ({})", self.role.who, self.role.behaviour)
    }

    fn words(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_else(|error| format!("(no log: {error})"))
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        // It has ended already when its calls are done.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
