//! A thousand agents at their Desks, and ten thousand Desks.
//!
//! First every agent of a large company has one Desk open while recorded calls take place, a hundred
//! new ones a second: how soon the card is there, and what a Desk costs in memory. Then each has ten,
//! and the phone system is lost: every one of them is told so, and how long that takes is the time to
//! tell everybody something. Linecard is a process of its own; the Desks are this one.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::ensure;

use crate::company::{CONTACTS, LARGE};
use crate::cpu;
use crate::desks::Desks;
use crate::exchange::{Exchange, Load};
use crate::figures::{Bench, Figure, percentile};
use crate::follow::follow;
use crate::phone_system::SECRET;
use crate::serve::{Manager, Serving};

/// What was just opened is greeted, and memory is handed back.
const SETTLES: Duration = Duration::from_secs(10);
/// Desks of each agent in the end.
const EACH: usize = 10;
/// Far longer than telling all of them takes.
const TELLS: Duration = Duration::from_secs(10);
const LOOKS_EVERY: Duration = Duration::from_millis(10);

/// Measures the `linecard` given.
pub(crate) async fn measure(linecard: &Path) -> anyhow::Result<Bench> {
    let mut exchange = Exchange::open(LARGE)?;
    let manager = Manager {
        port: exchange.port,
        username: "bench",
        secret: SECRET,
    };
    let serving = Serving::company(linecard, LARGE, manager).await?;
    tokio::task::block_in_place(|| exchange.answer())?;
    let desks = Desks::of(LARGE, serving.port);
    let memory = async || {
        tokio::time::sleep(SETTLES).await;
        cpu::resident_mb(serving.process.id())
    };

    // What is to be known of the CRM and of each caller is asked for at their first calls.
    follow(&mut exchange, &desks, &Load::known(50, 1)).await?;
    follow(&mut exchange, &desks, &Load::known(20, CONTACTS)).await?;
    let without = memory().await?;
    desks.open().await?;
    let with_one_each = memory().await?;
    let at_100 = follow(&mut exchange, &desks, &Load::known(100, 3_000)).await?;

    let before = memory().await?;
    for _ in 1..EACH {
        desks.open().await?;
    }
    let with_ten_each = memory().await?;
    let loss = loses(exchange, &desks, serving.process.id()).await?;

    let agents = f64::from(u32::try_from(LARGE.agents)?);
    let more = f64::from(u32::try_from(LARGE.agents * (EACH - 1))?);
    let kb = |of_mb: f64, desks: f64| of_mb * 1_000.0 / desks;
    Ok(Bench {
        bench: "desk",
        figures: vec![
            Figure::new("p50_ms_1k_at_100_calls", at_100.at(0.5), "ms"),
            Figure::new("p99_ms_1k_at_100_calls", at_100.at(0.99), "ms"),
            Figure::new("lost_1k_at_100_calls", at_100.lost, "1"),
            Figure::new("kb_per_desk_1k", kb(with_one_each - without, agents), "kB"),
            Figure::new("memory_mb_10k", with_ten_each, "MB").beside(Some(without)),
            Figure::new("kb_per_desk_10k", kb(with_ten_each - before, more), "kB"),
            Figure::new("fanout_p50_ms_10k", percentile(&loss.told, 0.5), "ms"),
            Figure::new("fanout_p99_ms_10k", percentile(&loss.told, 0.99), "ms"),
            Figure::new("fanout_cpu_ms_10k", loss.cpu_ms, "ms"),
        ],
    })
}

/// How it was to be told that the phone system is lost.
struct Loss {
    /// How long after it each Desk was told, in milliseconds, sorted.
    told: Vec<f64>,
    /// What telling all of them took of the machine, in milliseconds of processor time.
    cpu_ms: f64,
}

/// Ends the phone system.
async fn loses(exchange: Exchange, desks: &Desks, linecard: u32) -> anyhow::Result<Loss> {
    let linecard = linecard.to_string();
    desks.losses();
    let before = cpu::time(&linecard)?;
    let at = Instant::now();
    exchange.end()?;
    let all = LARGE.agents * EACH;
    let mut told = Vec::with_capacity(all);
    while told.len() < all && at.elapsed() < TELLS {
        tokio::time::sleep(LOOKS_EVERY).await;
        let heard = desks.losses();
        let after = |heard: &Instant| heard.saturating_duration_since(at).as_secs_f64() * 1_000.0;
        told.extend(heard.iter().map(after));
    }
    let spent = cpu::time(&linecard)?.saturating_sub(before);
    let cpu_ms = spent.as_secs_f64() * 1_000.0;
    ensure!(told.len() == all, "{} of {all} Desks were told", told.len());
    told.sort_by(f64::total_cmp);
    Ok(Loss { told, cpu_ms })
}
