//! Asks a starting Asterisk over AMI whether it is ready, and which version it is.
//!
//! This speaks just enough AMI for that, on purpose apart from `connectors/asterisk`: the
//! tests of the connector must not rest on the connector.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// Longest silence of a server that still counts as starting.
const PATIENCE: Duration = Duration::from_secs(20);

/// Logs in at `port`, waits until Asterisk is fully booted, and gives its version.
pub(super) fn version_when_booted(port: u16, username: &str, secret: &str) -> Result<String> {
    let mut socket = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    socket.set_read_timeout(Some(PATIENCE))?;
    write!(
        socket,
        "Action: Login\r\nUsername: {username}\r\nSecret: {secret}\r\n\r\n\
         Action: CoreSettings\r\n\r\n"
    )?;
    let mut booted = false;
    let mut version = None;
    for line in BufReader::new(socket).lines() {
        let line = line.context("Asterisk went silent while it started")?;
        if let Some(found) = line.strip_prefix("AsteriskVersion: ") {
            // Debian appends its own numbers: 22.10.1+dfsg-1.
            let upstream = found.split(['+', '~', '-']).next().unwrap_or(found);
            version = Some(upstream.trim().to_owned());
        }
        booted |= line == "Event: FullyBooted";
        if line == "Response: Error" {
            bail!("Asterisk refused the AMI user {username}");
        }
        if let Some(version) = version.take_if(|_| booted) {
            return Ok(version);
        }
    }
    bail!("Asterisk closed the AMI connection while it started")
}
