//! Starts the process that plays Asterisk and sends events as fast as the socket takes them.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

/// Where the feed is to be had, its first line.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Listening {
    /// The port on 127.0.0.1.
    pub(crate) port: u16,
}

/// What was sent, its last line.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Sent {
    /// Events, the noise included.
    pub(crate) events: u64,
    /// Their bytes.
    pub(crate) bytes: u64,
}

/// The feeding process. It serves one client and ends.
#[derive(Debug)]
pub(crate) struct Feed {
    process: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    /// The port on 127.0.0.1.
    pub(crate) port: u16,
}

impl Feed {
    /// Starts this program once more, as the feed. It sends `rounds` rounds of the mix
    /// once the client's action `after` is answered, and then closes the connection.
    pub(crate) fn start(rounds: u64, after: &str) -> anyhow::Result<Self> {
        let program = std::env::current_exe()?;
        let mut process = Command::new(&program)
            .arg("feed")
            .args(["--rounds", &rounds.to_string(), "--after", after])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let output = process.stdout.take().context("the feed has no output")?;
        let mut lines = BufReader::new(output).lines();
        let first = lines.next().context("the feed ended at once")??;
        let Listening { port } = serde_json::from_str(&first)?;
        Ok(Self {
            process,
            lines,
            port,
        })
    }

    /// Waits for its end and tells what it sent.
    pub(crate) fn sent(mut self) -> anyhow::Result<Sent> {
        let last = self.lines.next().context("the client left early")??;
        self.process.wait()?;
        Ok(serde_json::from_str(&last)?)
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        // It has usually ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
