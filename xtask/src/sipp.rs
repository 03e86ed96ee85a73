//! Plays a desk phone or the outside world with SIPp, against a running Asterisk of ours.
//!
//! The scenarios are the files of `tests/sipp/`. This process becomes SIPp: whoever started it
//! waits for SIPp's exit status and ends SIPp by ending it.

use std::net::{Ipv4Addr, UdpSocket};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::{asterisk, places};

/// The port of nobody's sound: what is sent there is thrown away (RFC 863).
const NOWHERE: u16 = 9;

/// How the player behaves; each is a file of `tests/sipp/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Behaviour {
    /// Calls, and hangs up after `--seconds` if the other side has not.
    Calls,
    /// Calls, holds the other side for a second, and then as `calls`.
    Holds,
    /// Calls, and gives up after `--seconds` of ringing.
    GivesUp,
    /// Calls, and is told that the other side is busy.
    IsRefused,
    /// Rings for one second, answers, and hangs up after `--seconds` if the other side has not.
    Answers,
    /// Rings until the caller gives up.
    Rings,
    /// Is busy.
    Busy,
}

impl Behaviour {
    fn file(self) -> &'static str {
        match self {
            Self::Calls => "calls.xml",
            Self::Holds => "holds.xml",
            Self::GivesUp => "gives_up.xml",
            Self::IsRefused => "is_refused.xml",
            Self::Answers => "answers.xml",
            Self::Rings => "rings.xml",
            Self::Busy => "busy.xml",
        }
    }

    fn is_caller(self) -> bool {
        matches!(
            self,
            Self::Calls | Self::Holds | Self::GivesUp | Self::IsRefused
        )
    }
}

/// Who does what, towards which Asterisk.
#[derive(Args)]
pub(crate) struct Role {
    /// What it does.
    behaviour: Behaviour,
    /// Who it is: `trunk` for the outside world, or a phone: 101 to 105, 105b, 102-web.
    #[arg(long = "as", value_name = "WHO", default_value = "trunk")]
    who: String,
    /// The Asterisk instance.
    #[arg(long, default_value = "default")]
    instance: String,
    /// A caller's number; a desk phone has its own.
    #[arg(long, default_value = "31600000001")]
    number: String,
    /// A caller's name.
    #[arg(long)]
    name: Option<String>,
    /// The number a caller dials.
    #[arg(long, default_value = "5551000")]
    to: String,
    /// Length of the call, or of the ringing for one who gives up.
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// How many calls to take part in before it ends.
    #[arg(long, default_value_t = 1)]
    calls: u32,
    /// Callers: new calls per second.
    #[arg(long, default_value_t = 10)]
    rate: u32,
    /// Callers: gives back every sound that it hears; otherwise it has no sound.
    #[arg(long)]
    echo: bool,
    /// Seconds until it fails, whatever happens.
    #[arg(long, default_value_t = 120)]
    limit: u32,
}

/// Becomes SIPp in `role`; returns only when that fails.
pub(crate) fn run(role: &Role) -> Result<()> {
    let facts = asterisk::facts(&role.instance)?;
    let is_trunk = role.who == "trunk";
    let own_port = if is_trunk {
        facts.trunk_port
    } else {
        *facts.phone_ports.get(&role.who).with_context(|| {
            format!(
                "nobody is called {}: say trunk, or 101 to 105, or 105b, or 102-web",
                role.who
            )
        })?
    };
    let number = if is_trunk { &role.number } else { &role.who };
    let header = if is_trunk { "X-Trunk: 1" } else { "X-Phone: 1" };

    let mut sipp = Command::new("sipp");
    if role.behaviour.is_caller() {
        sipp.arg(format!("{}:{}", facts.host, facts.sip_port))
            .args(["-s", &role.to])
            .args(["-r", &role.rate.to_string()]);
    } else {
        // A called party must be where Asterisk looks for it; a caller may be anywhere.
        sipp.args(["-p", &own_port.to_string()]);
    }
    let sound = if role.echo { free_port()? } else { NOWHERE };
    if role.echo {
        sipp.args(["-rtp_echo", "-mp", &sound.to_string()]);
    }
    let length = milliseconds(role.seconds)?;
    let stem = format!(
        "{}-{}-{}",
        role.who,
        role.behaviour.file(),
        std::process::id()
    );
    let folder = facts.directory.join("sipp");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    let problem = sipp
        .arg("-sf")
        .arg(
            places::checkout()
                .join("tests/sipp")
                .join(role.behaviour.file()),
        )
        .args(["-i", &facts.host, "-ci", &facts.host])
        .args(["-key", "caller", &caller(number, role.name.as_deref())?])
        .args(["-key", "header", header])
        .args(["-key", "sound", &sound.to_string()])
        // The scenarios' calls last until the BYE that the default time-out waits for.
        .args(["-recv_timeout", &length, "-d", &length])
        .args(["-m", &role.calls.to_string()])
        .args(["-timeout", &role.limit.to_string(), "-timeout_error"])
        .args(["-nostdin", "-trace_err", "-error_file"])
        .arg(log(&folder, &stem, "errors"))
        .args(["-trace_msg", "-message_file"])
        .arg(log(&folder, &stem, "messages"))
        .exec();
    Err(problem).context("cannot start sipp: scripts/prepare installs it (Debian's sip-tester)")
}

/// A port on loopback for a caller's sound.
fn free_port() -> Result<u16> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
    Ok(socket.local_addr()?.port())
}

fn log(folder: &Path, stem: &str, kind: &str) -> std::path::PathBuf {
    folder.join(format!("{stem}.{kind}.log"))
}

/// SIPp's times are whole milliseconds.
fn milliseconds(seconds: f64) -> Result<String> {
    if !(0.0..=86_400.0).contains(&seconds) {
        bail!("--seconds is between 0 and 86400, not {seconds}");
    }
    Ok(format!("{:.0}", seconds * 1_000.0))
}

/// The name-addr of a From header (RFC 3261, 20.20), its name quoted.
fn caller(number: &str, name: Option<&str>) -> Result<String> {
    let address = format!("<sip:{number}@127.0.0.1>");
    let Some(name) = name else {
        return Ok(address);
    };
    if name.chars().any(char::is_control) {
        bail!("a caller's name has no line breaks or other control characters");
    }
    let quoted = name.replace('\\', r"\\").replace('"', "\\\"");
    Ok(format!("\"{quoted}\" {address}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_quotes_stays_one_name() {
        let quoted = caller("316", Some(r#"Eve "E" \ Co"#)).unwrap();
        assert_eq!(quoted, r#""Eve \"E\" \\ Co" <sip:316@127.0.0.1>"#);
    }

    #[test]
    fn a_name_cannot_bring_a_header_of_its_own() {
        assert!(caller("316", Some("Eve\r\nX-Trunk: 1")).is_err());
    }

    #[test]
    fn every_behaviour_has_its_scenario() {
        for behaviour in Behaviour::value_variants() {
            let path = places::checkout().join("tests/sipp").join(behaviour.file());
            assert!(path.is_file(), "{} is missing", path.display());
        }
    }
}
