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
    /// All headers in order.
    pub(crate) fn headers(&self) -> &[(String, String)] {
        &self.0
    }

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
    /// Signs in as `username`; all AMI users of a test have one secret.
    pub(crate) fn log_in(facts: &Facts, username: &str) -> Result<Self> {
        let socket = TcpStream::connect((facts.host.as_str(), facts.ami_port))
            .context("Asterisk's AMI port is closed")?;
        let mut ami = Self {
            reader: BufReader::new(socket),
        };
        ami.act(&[
            ("Action", "Login"),
            ("Username", username),
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

    /// Sends one action and waits until Asterisk has taken it; an error when it refuses.
    pub fn ask(&mut self, headers: &[(&str, &str)]) -> Result<Block> {
        self.act(headers)?;
        let patience = Duration::from_secs(30);
        let answer = self.wait_for(patience, |block| !block.get("Response").is_empty())?;
        if answer.get("Response") == "Error" {
            bail!("Asterisk refused: {}", answer.get("Message"));
        }
        Ok(answer)
    }

    /// A second handle on the socket, to send while another thread reads.
    pub(crate) fn writer(&self) -> Result<TcpStream> {
        Ok(self.reader.get_ref().try_clone()?)
    }

    /// Reads until a block is `wanted`, and gives it; an error after `patience` without one.
    pub fn wait_for(
        &mut self,
        patience: Duration,
        wanted: impl Fn(&Block) -> bool,
    ) -> Result<Block> {
        let deadline = Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let block = self.next_block(left).with_context(|| {
                format!("Asterisk did not say it within {} s", patience.as_secs())
            })?;
            if wanted(&block) {
                return Ok(block);
            }
        }
    }

    /// The next block; an error after `patience` without one.
    pub(crate) fn next_block(&mut self, patience: Duration) -> Result<Block> {
        let deadline = Instant::now() + patience;
        let mut block = Block::default();
        let mut line = Vec::new();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                bail!("Asterisk was silent");
            }
            self.reader.get_ref().set_read_timeout(Some(left))?;
            line.clear();
            let count = self.reader.read_until(b'\n', &mut line)?;
            if count == 0 {
                bail!("Asterisk closed the AMI connection");
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end_matches(['\r', '\n']);
            if let Some((name, value)) = text.split_once(':') {
                let value = value.strip_prefix(' ').unwrap_or(value);
                block.0.push((name.to_owned(), value.to_owned()));
            } else if text.is_empty() && !block.0.is_empty() {
                return Ok(block);
            }
        }
    }
}
