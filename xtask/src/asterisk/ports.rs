//! Free ports for one Asterisk and everything that talks to it.
//!
//! Each instance has a block of a thousand ports below the range from which the operating
//! system takes its own, so that nobody takes a phone's port while the phone is away. The block
//! is claimed by a lock on a file. Asterisk itself inherits the lock as its standard input: the
//! claim ends when Asterisk ends, however it ends.

use std::fs::{self, File, TryLockError};
use std::net::{Ipv4Addr, TcpListener, UdpSocket};

use anyhow::{Context, Result, bail};

use crate::places;

const FIRST: u16 = 12_000;
const BLOCK: u16 = 1_000;
const BLOCKS: u16 = 20;

/// Where in its block each thing has its port.
const AMI: u16 = 0;
const HTTP: u16 = 1;
const SIP: u16 = 2;
const TRUNK: u16 = 3;
const PHONES: u16 = 100;
const RTP: u16 = 200;

/// The ports of one instance, all on 127.0.0.1.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ports {
    base: u16,
}

impl Ports {
    /// Claims a block that nobody holds and nothing listens in; it is held as long as the file.
    pub(crate) fn claim() -> Result<(Self, File)> {
        let folder = places::cache()?.join("ports");
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        for index in 0..BLOCKS {
            let ports = Self {
                base: FIRST + index * BLOCK,
            };
            let path = folder.join(ports.base.to_string());
            let file = File::options()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)
                .with_context(|| format!("cannot open {}", path.display()))?;
            match file.try_lock() {
                Ok(()) if ports.are_free() => return Ok((ports, file)),
                Ok(()) | Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => {
                    return Err(error).with_context(|| format!("cannot lock {}", path.display()));
                }
            }
        }
        bail!(
            "no free ports from {FIRST} to {}: take an instance down",
            FIRST + BLOCKS * BLOCK - 1
        )
    }

    /// Claims the block again whose AMI port is `ami`, once Asterisk has let go of it.
    pub(crate) fn claim_again(ami: u16) -> Result<(Self, File)> {
        let ports = Self { base: ami - AMI };
        let path = places::cache()?.join("ports").join(ports.base.to_string());
        let file = File::options()
            .read(true)
            .write(true)
            .open(&path)
            .with_context(|| format!("cannot open {}", path.display()))?;
        file.lock()
            .with_context(|| format!("cannot lock {}", path.display()))?;
        Ok((ports, file))
    }

    #[cfg(test)]
    pub(super) fn at(base: u16) -> Self {
        Self { base }
    }

    fn are_free(self) -> bool {
        let tcp = [self.ami(), self.http()];
        let udp = [self.sip(), self.trunk()];
        tcp.iter()
            .all(|&port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok())
            && udp
                .iter()
                .all(|&port| UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).is_ok())
    }

    /// Asterisk's manager interface, TCP.
    pub(crate) fn ami(self) -> u16 {
        self.base + AMI
    }

    /// Asterisk's HTTP server with SIP over WebSocket at `/ws`.
    pub(crate) fn http(self) -> u16 {
        self.base + HTTP
    }

    /// Asterisk's SIP over UDP.
    pub(crate) fn sip(self) -> u16 {
        self.base + SIP
    }

    /// Where the outside world listens for calls out, UDP.
    pub(crate) fn trunk(self) -> u16 {
        self.base + TRUNK
    }

    /// Where the phone `device` listens: `101` to `105`, and `105b`, the second of 105; `102-web`, the
    /// softphone of 102. UDP.
    pub(crate) fn phone(self, device: &str) -> Option<u16> {
        let place = DEVICES.iter().position(|&known| known == device)?;
        Some(self.base + PHONES + 1 + u16::try_from(place).ok()?)
    }

    /// First and last port of Asterisk's audio, UDP.
    pub(crate) fn rtp(self) -> (u16, u16) {
        (self.base + RTP, self.base + BLOCK - 1)
    }
}

/// The phones that are played by scripts, one name per device: desk phones, and last a softphone.
pub(crate) const DEVICES: [&str; 7] = ["101", "102", "103", "104", "105", "105b", "102-web"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_claimed_once() {
        let (one, held) = Ports::claim().unwrap();
        let (two, _also_held) = Ports::claim().unwrap();
        assert_ne!(one.ami(), two.ami());
        drop(held);
    }

    #[test]
    fn no_two_things_share_a_port() {
        let ports = Ports::at(FIRST);
        let mut all: Vec<u16> = DEVICES
            .iter()
            .filter_map(|name| ports.phone(name))
            .collect();
        all.extend([ports.ami(), ports.http(), ports.sip(), ports.trunk()]);
        all.extend([ports.rtp().0, ports.rtp().1]);
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert_eq!(count, DEVICES.len() + 6);
    }
}
