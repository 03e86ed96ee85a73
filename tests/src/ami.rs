//! A plain AMI connection: what Asterisk itself says, apart from Linecard's connector.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::asterisk::Facts;

/// One block of AMI: its headers in order.
#[derive(Debug, Clone, Default)]
pub struct Block(Vec<(String, String)>);

impl Block {
    /// The first value of header `name`, empty when there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(header, _)| header == name);
        found.map_or("", |(_, value)| value)
    }

    /// Whether this is the event `name`.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.get("Event") == name
    }
}

/// A connection that has logged in.
#[derive(Debug)]
pub struct Ami {
    reader: BufReader<TcpStream>,
}

impl Ami {
    pub(crate) fn log_in(facts: &Facts) -> Result<Self> {
        let socket = TcpStream::connect((facts.host.as_str(), facts.ami_port))
            .context("Asterisk's AMI port is closed")?;
        let mut ami = Self {
            reader: BufReader::new(socket),
        };
        ami.act(&[
            ("Action", "Login"),
            ("Username", &facts.ami_username),
            ("Secret", &facts.ami_secret),
        ])?;
        let patience = Duration::from_secs(30);
        // The banner stands before the first block, as a line of its own.
        let answer = ami.wait_for(patience, |block| !block.get("Response").is_empty())?;
        if answer.get("Response") != "Success" {
            bail!("Asterisk refused the log-in: {}", answer.get("Message"));
        }
        Ok(ami)
    }

    /// Sends one action.
    pub fn act(&mut self, headers: &[(&str, &str)]) -> Result<()> {
        let socket = self.reader.get_mut();
        for (name, value) in headers {
            write!(socket, "{name}: {value}\r\n")?;
        }
        socket.write_all(b"\r\n")?;
        Ok(())
    }

    /// Reads until a block is `wanted`, and gives it; an error after `patience` without one.
    pub fn wait_for(
        &mut self,
        patience: Duration,
        wanted: impl Fn(&Block) -> bool,
    ) -> Result<Block> {
        let deadline = Instant::now() + patience;
        let mut block = Block::default();
        let mut line = Vec::new();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                bail!("Asterisk did not say it within {} s", patience.as_secs());
            }
            self.reader.get_ref().set_read_timeout(Some(left))?;
            line.clear();
            let count = self.reader.read_until(b'\n', &mut line).with_context(|| {
                format!("Asterisk did not say it within {} s", patience.as_secs())
            })?;
            if count == 0 {
                bail!("Asterisk closed the AMI connection");
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end_matches(['\r', '\n']);
            if let Some((name, value)) = text.split_once(':') {
                block
                    .0
                    .push((name.to_owned(), value.trim_start().to_owned()));
            } else if text.is_empty() {
                let whole = std::mem::take(&mut block);
                if wanted(&whole) {
                    return Ok(whole);
                }
            }
        }
    }
}
