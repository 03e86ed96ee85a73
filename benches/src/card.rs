//! How long after Asterisk said that a phone rings its agent sees the card.
//!
//! Measured is the release build of `linecard serve`, from the write to its AMI socket to the
//! card's arrival on the agent's WebSocket: with the caller's contact known from an earlier call,
//! with one to be asked for at a CRM that takes its time, and with a caller whom that CRM does not
//! know. The calls are the recordings',
//! replayed at their own pace with all their noise. The phone system, the agents' Desks and the
//! stand-in Salesforce are this process, so the figures hold both sides' share of the same CPUs.

use std::path::Path;

use crate::company::{CONTACTS, SMALL};
use crate::desks::Desks;
use crate::exchange::{Exchange, Load};
use crate::figures::{Bench, Figure};
use crate::follow::follow;

use crate::phone_system::SECRET;
use crate::serve::{Manager, Serving};
use linecard_sandbox::salesforce::{Fault, FaultKind};

/// How long a CRM that answers takes for it, in milliseconds.
const ANSWERS: u64 = 300;
/// How long a CRM that hangs takes for an answer, in milliseconds.
const HANGS: u64 = 3_600_000;

/// Measures the `linecard` given.
pub(crate) async fn measure(linecard: &Path) -> anyhow::Result<Bench> {
    let mut exchange = Exchange::open(SMALL)?;
    let manager = Manager {
        port: exchange.port,
        username: "bench",
        secret: SECRET,
    };
    let serving = Serving::company(linecard, SMALL, manager).await?;
    tokio::task::block_in_place(|| exchange.answer())?;
    let desks = Desks::of(SMALL, serving.port);
    desks.open().await?;

    // What is to be known of the CRM itself is asked for at the very first call.
    follow(&mut exchange, &desks, &Load::known(50, 1)).await?;
    // The first call of each number looks the contact up; from the second on it is known.
    let slow = Fault::new(FaultKind::Delay, u32::MAX).lasting(ANSWERS);
    serving.salesforce.add_fault(slow);
    let first = follow(&mut exchange, &desks, &Load::known(20, CONTACTS)).await?;
    let unknown = follow(&mut exchange, &desks, &Load::unknown(20, CONTACTS)).await?;
    serving.salesforce.clear_faults();
    let at_20 = follow(&mut exchange, &desks, &Load::known(20, 300)).await?;
    let at_100 = follow(&mut exchange, &desks, &Load::known(100, 2_000)).await?;
    let at_500 = follow(&mut exchange, &desks, &Load::known(500, 5_000)).await?;
    serving
        .salesforce
        .add_fault(Fault::new(FaultKind::Delay, u32::MAX).lasting(HANGS));
    let hanging = Load::known(100, 2_000).with_strangers(5);
    let hanging = follow(&mut exchange, &desks, &hanging).await?;

    let ms = |name, value| Figure::new(name, value, "ms");
    Ok(Bench {
        bench: "card",
        figures: vec![
            ms("p50_ms_at_20_calls", at_20.at(0.5)),
            ms("p99_ms_at_20_calls", at_20.at(0.99)),
            ms("p50_ms_at_100_calls", at_100.at(0.5)),
            ms("p99_ms_at_100_calls", at_100.at(0.99)),
            ms("p99_ms_at_500_calls", at_500.at(0.99)),
            Figure::new("lost_at_500_calls", at_500.lost, "1"),
            ms("p99_ms_with_crm_hanging", hanging.at(0.99)).beside(Some(at_100.at(0.99))),
            Figure::new("lost_with_crm_hanging", hanging.lost, "1"),
            ms("p99_ms_first_call_crm_in_300_ms", first.at(0.99)),
            Figure::new("lost_first_call", first.lost, "1"),
            ms("p99_ms_unknown_caller_crm_in_300_ms", unknown.at(0.99)),
            Figure::new("lost_unknown_caller", unknown.lost, "1"),
        ],
    })
}
