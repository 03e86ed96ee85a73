//! How many AMI events a CPU-second is enough for: from bytes on a socket to changes of calls.
//!
//! The link and the tracker are those of `linecard serve`; another process plays Asterisk. Only
//! the CPU time of this process counts, all its threads and the kernel's work for it included.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use crate::cpu;
use crate::feed::{Feed, Sent};
use crate::figures::{Bench, Figure};
use crate::phone_system::SECRET;
use anyhow::{Context as _, bail, ensure};
use clap::Args;
use linecard_asterisk::{AsteriskLink, AsteriskSettings};
use linecard_call::{Change, Settings, Tracker};
use linecard_clock::{Clock, SystemClock, SystemEntropy};
use linecard_pbx::{LinkState, Pbx as _, PbxSettings, Report, Reports};
use serde::Deserialize;
use tokio::sync::mpsc;

/// Some ten seconds for us, and for the peer.
const ROUNDS: u64 = 1_500;
const PEERS_ROUNDS: u64 = 20;
/// As many batches may wait as between a link and its calls in `flow`.
const BATCHES: usize = 1_024;

/// How to measure.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// How many rounds of the recordings to read
    #[arg(long, default_value_t = ROUNDS)]
    rounds: u64,
    /// A Python that has cacofonisk, to be measured beside us
    #[arg(long)]
    cacofonisk: Option<PathBuf>,
}

/// Measures.
pub(crate) fn measure(arguments: &Arguments) -> anyhow::Result<Bench> {
    let peer = arguments.cacofonisk.as_deref().map(peer).transpose()?;
    let ours = ours(arguments.rounds)?;
    Ok(Bench {
        bench: "tracker",
        figures: vec![
            Figure::new("events_per_cpu_second", ours.per_second(), "1/s")
                .beside(peer.map(|peer| peer.per_second())),
            Figure::new("bytes_per_event", ours.bytes_per_event(), "B"),
            Figure::new("memory_mb_at_the_end", ours.memory.at_the_end, "MB")
                .beside(Some(ours.memory.after_a_tenth)),
        ],
    })
}

/// What was read, and what it took.
struct Read {
    sent: Sent,
    cpu: Duration,
    memory: Memory,
}

/// What this process held in RAM, in MB.
#[derive(Debug, Default)]
struct Memory {
    /// After a tenth of the calls: whatever grows with them has grown much by the end.
    after_a_tenth: f64,
    at_the_end: f64,
}

#[expect(
    clippy::cast_precision_loss,
    reason = "some ten million events are exact in a float"
)]
impl Read {
    fn per_second(&self) -> f64 {
        self.sent.events as f64 / self.cpu.as_secs_f64()
    }

    fn bytes_per_event(&self) -> f64 {
        self.sent.bytes as f64 / self.sent.events as f64
    }
}

fn ours(rounds: u64) -> anyhow::Result<Read> {
    // A round's calls do not depend on the rounds before, so they tell whether any were lost.
    let (_, once) = read(1, u64::MAX)?;
    let (read, calls) = read(rounds, rounds * once / 10)?;
    ensure!(
        calls == rounds * once,
        "{calls} calls were told in {rounds} rounds of {once}"
    );
    Ok(read)
}

fn read(rounds: u64, tenth: u64) -> anyhow::Result<(Read, u64)> {
    let feed = Feed::start(rounds, "QueueStatus")?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let before = cpu::time("self")?;
    let (calls, memory) = runtime.block_on(follow(feed.port, tenth))?;
    let cpu = cpu::time("self")?.saturating_sub(before);
    let sent = feed.sent()?;
    Ok((Read { sent, cpu, memory }, calls))
}

/// Follows the link until the feed is over; tells how many calls ended, and the memory when
/// `tenth` of them had and at the end.
async fn follow(port: u16, tenth: u64) -> anyhow::Result<(u64, Memory)> {
    let settings = [
        ("host", "127.0.0.1".to_owned()),
        ("port", port.to_string()),
        ("username", "bench".to_owned()),
        ("secret", SECRET.to_owned()),
        ("sign_in", "plain".to_owned()),
        ("own", r"PJSIP/1\d\d".to_owned()),
        ("trunk", "PJSIP/trunk".to_owned()),
    ];
    let settings: BTreeMap<_, _> = settings
        .map(|(name, value)| (name.to_owned(), value))
        .into();
    let settings = AsteriskSettings::read(&PbxSettings(settings))?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let link = AsteriskLink::new(settings, Arc::clone(&clock), Arc::new(SystemEntropy));
    let (reports, mut told): (Reports, _) = mpsc::channel(BATCHES);
    tokio::spawn(async move { link.run(reports).await });

    let mut tracker = Tracker::new(Settings::default());
    let (mut up, mut ended) = (false, 0);
    let mut memory = Memory::default();
    let mut count = |tracker: &mut Tracker| {
        while let Some(change) = tracker.poll() {
            ended += u64::from(matches!(change, Change::Ended(_)));
        }
        ended
    };
    while let Some(batch) = told.recv().await {
        for report in batch {
            match report {
                Report::Event { at, event } => {
                    tracker.handle(at, event);
                    count(&mut tracker);
                }
                Report::Link(LinkState::Up { .. }) => up = true,
                Report::Link(LinkState::Down(_)) if up => {
                    // The last calls wait for events that come late.
                    while let Some(deadline) = tracker.deadline() {
                        tracker.tick(deadline);
                    }
                    memory.at_the_end = cpu::resident_mb(std::process::id())?;
                    return Ok((count(&mut tracker), memory));
                }
                Report::Link(LinkState::Connecting) => {}
                other => bail!("the feed should not have that: {other:?}"),
            }
        }
        tracker.tick(clock.now());
        if count(&mut tracker) >= tenth && memory.after_a_tenth == 0.0 {
            memory.after_a_tenth = cpu::resident_mb(std::process::id())?;
        }
    }
    bail!("the link ended by itself");
}

/// What `peers/measure_cacofonisk.py` tells.
#[derive(Debug, Deserialize)]
struct Told {
    cpu_seconds: f64,
    calls: u64,
}

/// cacofonisk on the same feed.
fn peer(python: &Path) -> anyhow::Result<Read> {
    let feed = Feed::start(PEERS_ROUNDS, "Login")?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/measure_cacofonisk.py");
    let output = Command::new(python)
        .arg(script)
        .arg(feed.port.to_string())
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start the peer")?;
    ensure!(output.status.success(), "the peer ended: {}", output.status);
    let told: Told = serde_json::from_slice(&output.stdout)?;
    ensure!(told.calls > 0, "the peer followed no call");
    Ok(Read {
        sent: feed.sent()?,
        cpu: Duration::from_secs_f64(told.cpu_seconds),
        memory: Memory::default(),
    })
}
