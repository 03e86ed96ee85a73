//! Many calls for a long time on a real Asterisk: none may stay open or be lost, and memory must
//! not grow with them.
//!
//! SIPp plays phones and callers: of 20 calls a second, 10 are answered, 5 ring a group of which
//! one answers, and 5 are given up.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::ensure;
use clap::Args;
use linecard_tests::{Asterisk, Player, Role};

use crate::company::{self, SMALL};
use crate::cpu;
use crate::figures::{Bench, Figure};
use crate::serve::{Manager, Serving};

/// How to measure.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The release build of `linecard`
    #[arg(long)]
    linecard: PathBuf,
    /// For how long calls begin, in seconds
    #[arg(long, default_value_t = 600)]
    seconds: u32,
}

/// A kind of call.
struct Kind {
    per_second: u32,
    caller: Role,
    /// The extensions that it rings.
    rings: &'static [&'static str],
}

/// By then caches are filled and buffers have their size.
const WARM: Duration = Duration::from_mins(1);
/// The last calls' ends, and the entries about them, need some seconds.
const SETTLES: Duration = Duration::from_secs(30);
/// How many calls are read from the store at once.
const PAGE: usize = 1_000;

/// Measures.
pub(crate) async fn measure(arguments: &Arguments) -> anyhow::Result<Bench> {
    let asterisk = tokio::task::block_in_place(Asterisk::up)?;
    let serving = joined(&arguments.linecard, &asterisk).await?;
    wait_until_joined(&serving)?;
    let kinds = kinds(arguments.seconds);
    let expected: u32 = kinds
        .iter()
        .map(|it| it.per_second * arguments.seconds)
        .sum();

    let phones = phones(&asterisk, &kinds, arguments.seconds)?;
    let callers: Vec<Player> = kinds
        .iter()
        .map(|kind| asterisk.play(&kind.caller))
        .collect::<anyhow::Result<_>>()?;
    let length = Duration::from_secs(u64::from(arguments.seconds));
    let warm = WARM.min(length / 2);
    thread::sleep(warm);
    let process = serving.process.id();
    let before = cpu::resident_mb(process)?;
    thread::sleep(length.saturating_sub(warm));
    let after = cpu::resident_mb(process)?;
    for caller in callers {
        caller.finish()?;
    }
    drop(phones);
    thread::sleep(SETTLES);

    let told = calls(&serving).await?;
    let cpu = cpu::time(&process.to_string())?;
    let lost = f64::from(expected) - f64::from(told);
    Ok(Bench {
        bench: "endurance",
        figures: vec![
            Figure::new("calls", f64::from(expected), "1"),
            Figure::new("open_at_the_end", serving.gauge("linecard_calls ")?, "1"),
            Figure::new("lost", lost, "1"),
            Figure::new("memory_mb_at_the_end", after, "MB").beside(Some(before)),
            Figure::new("cpu_seconds", cpu.as_secs_f64(), "s"),
        ],
    })
}

async fn joined(linecard: &Path, asterisk: &Asterisk) -> anyhow::Result<Serving> {
    let manager = Manager {
        port: asterisk.facts.ami_port,
        username: &asterisk.facts.ami_username,
        secret: &asterisk.facts.ami_secret,
    };
    Serving::company(linecard, SMALL, manager).await
}

fn wait_until_joined(serving: &Serving) -> anyhow::Result<()> {
    /// A link to a phone system on the same machine comes up in far less.
    const TRIES: u32 = 200;
    for _ in 0..TRIES {
        if serving.gauge("linecard_phone_system_up")? > 0.0 {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(100));
    }
    anyhow::bail!("linecard does not join Asterisk");
}

fn kinds(seconds: u32) -> [Kind; 3] {
    let caller = |role: Role, per_second: u32, number: usize| {
        role.number(&company::number(number))
            .rate(per_second)
            .times(per_second * seconds)
            .limit(seconds + 60)
    };
    [
        Kind {
            per_second: 10,
            caller: caller(Role::calls("trunk", "5551000").seconds(2.0), 10, 0),
            rings: &["101"],
        },
        Kind {
            per_second: 5,
            caller: caller(Role::calls("trunk", "5551001").seconds(2.0), 5, 1),
            rings: &["101", "102", "104"],
        },
        Kind {
            per_second: 5,
            caller: caller(Role::gives_up("trunk", "5551011").seconds(1.0), 5, 2),
            rings: &["102"],
        },
    ]
}

/// The phones that these calls ring; the first answers.
fn phones(asterisk: &Asterisk, kinds: &[Kind], seconds: u32) -> anyhow::Result<Vec<Player>> {
    let rung = |extension: &str| {
        let kinds = kinds.iter().filter(|kind| kind.rings.contains(&extension));
        kinds.map(|kind| kind.per_second * seconds).sum()
    };
    let play = |role: Role, extension: &str| {
        asterisk.play(&role.times(rung(extension)).limit(seconds + 90))
    };
    Ok(vec![
        play(Role::answers("101"), "101")?,
        play(Role::rings("102"), "102")?,
        play(Role::rings("104"), "104")?,
    ])
}

/// How many calls were stored.
async fn calls(serving: &Serving) -> anyhow::Result<u32> {
    let store = serving.store().await?;
    let mut count = 0;
    let mut before = None;
    loop {
        let page = store.read().await?.calls().recent(before, PAGE).await?;
        let Some(last) = page.last() else { break };
        before = Some((last.call.started, last.id));
        count += u32::try_from(page.len())?;
    }
    store.close().await;
    ensure!(count > 0, "no call was stored");
    Ok(count)
}
